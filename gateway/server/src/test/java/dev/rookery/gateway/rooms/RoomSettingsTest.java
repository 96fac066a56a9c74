package dev.rookery.gateway.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RoomSettingsTest {

    @Test
    void theDefaultsAreTheReadmes() {
        assertThat(bind(Map.of()))
                .isEqualTo(new RoomSettings(
                        100,
                        20_000,
                        50_000,
                        Duration.ofMillis(250),
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(1),
                        10_000,
                        Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @CsvSource({
        "per-session, 0, 0 (expected: >= 1)",
        "max-members, 0, 0 (expected: >= 1)",
        "max-rooms, 0, 0 (expected: >= 1)",
        "queued-casts, 0, 0 (expected: >= 1)",
        "presence-interval, 0s, PT0S (expected: > 0)",
        "keep-interval, 0s, PT0S (expected: > 0)",
        "redis-timeout, 0s, PT0S (expected: > 0)",
        "member-ttl, 5s, PT5S (expected: at least twice the keep-interval of PT3S)"
    })
    void whatCannotWorkIsRefusedByName(String name, String value, String complaint) {
        assertThatThrownBy(() -> bind(Map.of("rookery.rooms." + name, value)))
                .rootCause()
                .hasMessage("rookery.rooms." + name + ": " + complaint);
    }

    private static RoomSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("rookery.rooms", RoomSettings.class);
    }
}
