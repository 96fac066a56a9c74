package dev.rookery.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TransportSettingsTest {

    @Test
    void playersConnectEverywhereAtTheUsualPort() {
        assertThat(bind(Map.of())).isEqualTo(new TransportSettings("0.0.0.0", 8_080, Duration.ofSeconds(5)));
    }

    @Test
    void aPortIsOne() {
        assertThatThrownBy(() -> bind(Map.of("rookery.transport.port", "65536")))
                .rootCause()
                .hasMessage("rookery.transport.port: 65536 (expected: 0..65535)");
        assertThatThrownBy(() -> bind(Map.of("rookery.transport.port", "-1")))
                .rootCause()
                .hasMessage("rookery.transport.port: -1 (expected: 0..65535)");
    }

    @Test
    void aRequestHasSomeTimeToCome() {
        assertThatThrownBy(() -> bind(Map.of("rookery.transport.request-timeout", "0s")))
                .rootCause()
                .hasMessage("rookery.transport.request-timeout: PT0S (expected: > 0)");
    }

    private static TransportSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("rookery.transport", TransportSettings.class);
    }
}
