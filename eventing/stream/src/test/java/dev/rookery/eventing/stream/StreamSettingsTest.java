package dev.rookery.eventing.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StreamSettingsTest {

    @Test
    void whoSetsNothingHasTheDefaults() {
        assertThat(bind(Map.of())).isEqualTo(StreamSettings.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "min-events, 0, 0 (expected: >= 1)",
        "max-events, 999, '999 (expected: >= rookery.stream.min-events, 1000)'",
        "min-age, 0s, PT0S (expected: > 0)",
        "ack-grace, -1s, PT-1S (expected: >= 0)",
        "idle, 9m, 'PT9M (expected: >= rookery.stream.min-age, PT10M)'"
    })
    void whatCannotBeIsRefused(String name, String value, String complaint) {
        assertThatThrownBy(() -> bind(Map.of("rookery.stream." + name, value)))
                .rootCause()
                .hasMessage("rookery.stream." + name + ": " + complaint);
    }

    private static StreamSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("rookery.stream", StreamSettings.class);
    }
}
