package dev.rookery.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.gateway.protocol.ServerFrames;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class SessionSettingsTest {

    @Test
    void theDefaultsAreTheProtocols() {
        assertThat(bind(Map.of()))
                .isEqualTo(new SessionSettings(
                        SessionSettings.PerPlayer.SINGLE,
                        Duration.ofSeconds(5),
                        DataSize.ofKilobytes(4),
                        DataSize.ofKilobytes(16),
                        Duration.ofSeconds(15),
                        32,
                        50,
                        20,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(3),
                        Duration.ofHours(24)));
        assertThat(bind(Map.of()).limits(100)).isEqualTo(new ServerFrames.Limits(16_384, 50, 32, 100));
    }

    @ParameterizedTest
    @CsvSource({
        "hello-timeout, 0s, PT0S (expected: > 0)",
        "heartbeat, 0s, PT0S (expected: > 0)",
        "query-timeout, 0s, PT0S (expected: > 0)",
        "redis-timeout, -1s, PT-1S (expected: > 0)",
        "max-life, -1s, PT-1S (expected: >= 0)",
        "max-hello-size, 0B, 0 (expected: >= 1)",
        "max-frame-size, 0B, 0 (expected: >= 1)",
        "pending, 0, 0 (expected: >= 1)",
        "commands-per-second, 0, 0 (expected: >= 1)",
        "max-bad-frames, 0, 0 (expected: >= 1)"
    })
    void whatCannotWorkIsRefusedByName(String name, String value, String complaint) {
        assertThatThrownBy(() -> bind(Map.of("rookery.session." + name, value)))
                .rootCause()
                .hasMessage("rookery.session." + name + ": " + complaint);
    }

    @Test
    void aLifeEndsUpToATenthEarly() {
        var settings = bind(Map.of("rookery.session.max-life", "100s"));
        long seed = System.nanoTime();

        assertThat(new Random(seed).ints(1_000).mapToObj(each -> settings.life(new Random(each))))
                .as("seed %d", seed)
                .allMatch(life -> life.toSeconds() >= 90 && life.toMillis() <= 100_000)
                .anyMatch(life -> life.toSeconds() < 95)
                .anyMatch(life -> life.toSeconds() > 95);
    }

    private static SessionSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("rookery.session", SessionSettings.class);
    }
}
