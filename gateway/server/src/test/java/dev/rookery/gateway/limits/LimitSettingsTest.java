package dev.rookery.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class LimitSettingsTest {

    @Test
    void theDefaultsAreEnoughForAGameAndTooLittleForALoop() {
        assertThat(bind(Map.of()))
                .isEqualTo(new LimitSettings(
                        100,
                        200,
                        400,
                        DataSize.ofKilobytes(256),
                        DataSize.ofKilobytes(512),
                        Duration.ofSeconds(30),
                        20,
                        200,
                        60,
                        120,
                        10));
    }

    @ParameterizedTest
    @CsvSource({
        "joins-per-second, 0, 0 (expected: >= 1)",
        "join-burst, 0, 0 (expected: >= 1)",
        "command-burst, 0, 0 (expected: >= 1)",
        "frames-per-second, 0, 0 (expected: >= 1)",
        "frame-burst, 0, 0 (expected: >= 1)",
        "bytes-per-second, 0B, 0 (expected: >= 1)",
        "byte-burst, 0B, 0 (expected: >= 1)",
        "patience, 0s, PT0S (expected: > 0)",
        "casts-per-second, 0, 0 (expected: >= 1)",
        "cast-burst, 0, 0 (expected: >= 1)",
        "refreshes-per-minute, 0, 0 (expected: >= 1)"
    })
    void whatCannotWorkIsRefusedByName(String name, String value, String complaint) {
        assertThatThrownBy(() -> bind(Map.of("rookery.limits." + name, value)))
                .rootCause()
                .hasMessage("rookery.limits." + name + ": " + complaint);
    }

    private static LimitSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("rookery.limits", LimitSettings.class);
    }
}
