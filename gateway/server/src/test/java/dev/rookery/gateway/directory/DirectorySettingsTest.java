package dev.rookery.gateway.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DirectorySettingsTest {

    @Test
    void whatIsDeadIsGoneSoonAndWrittenThreeTimesBeforeThat() {
        var defaults = bind(Map.of());

        assertThat(defaults).isEqualTo(new DirectorySettings(Duration.ofSeconds(90), Duration.ofSeconds(9)));
        assertThat(defaults.sessionInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.gatewayInterval()).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({"session-time-to-live, 0s, PT0S", "gateway-time-to-live, 1500ms, PT1.5S"})
    void whatCannotWorkIsRefusedByName(String name, String value, String shown) {
        assertThatThrownBy(() -> bind(Map.of("rookery.directory." + name, value)))
                .rootCause()
                .hasMessage("rookery.directory." + name + ": " + shown + " (expected: whole seconds, >= 1)");
    }

    private static DirectorySettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("rookery.directory", DirectorySettings.class);
    }
}
