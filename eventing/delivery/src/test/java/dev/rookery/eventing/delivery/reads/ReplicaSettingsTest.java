package dev.rookery.eventing.delivery.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ReplicaSettingsTest {

    @Test
    void whoSetsNothingHasNoReplica() {
        var settings = bind(Map.of());

        assertThat(settings)
                .isEqualTo(new ReplicaSettings(
                        "", Duration.ofMillis(250), Duration.ofSeconds(2), Duration.ofSeconds(1), 16));
        assertThat(settings.isSet()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "max-wait, -1ms, PT-0.001S (expected: >= 0)",
        "timeout, 999ms, PT0.999S (expected: >= 1s)",
        "retry-after, 0s, PT0S (expected: > 0)",
        "connections, 0, 0 (expected: >= 1)"
    })
    void whatCannotBeIsRefused(String name, String value, String complaint) {
        assertThatThrownBy(() -> bind(Map.of("rookery.replica." + name, value)))
                .rootCause()
                .hasMessage("rookery.replica." + name + ": " + complaint);
    }

    private static ReplicaSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("rookery.replica", ReplicaSettings.class);
    }
}
