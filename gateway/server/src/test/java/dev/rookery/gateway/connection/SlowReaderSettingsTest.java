package dev.rookery.gateway.connection;

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

class SlowReaderSettingsTest {

    @Test
    void theDefaultsAreTheReadmes() {
        assertThat(bind(Map.of()))
                .isEqualTo(new SlowReaderSettings(
                        DataSize.ofMegabytes(1), 16, Duration.ofSeconds(10), Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @CsvSource({
        "max-unsent, 1KB, 1024B (expected: 16384B to 1GB)",
        "max-unsent, 2GB, 2147483648B (expected: 16384B to 1GB)",
        "held-casts, -1, -1 (expected: >= 0)",
        "stall-timeout, 0s, PT0S (expected: > 0)",
        "close-timeout, 0s, PT0S (expected: > 0)"
    })
    void whatCannotWorkIsRefusedByName(String name, String value, String complaint) {
        assertThatThrownBy(() -> bind(Map.of("rookery.slow-reader." + name, value)))
                .rootCause()
                .hasMessage("rookery.slow-reader." + name + ": " + complaint);
    }

    private static SlowReaderSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("rookery.slow-reader", SlowReaderSettings.class);
    }
}
