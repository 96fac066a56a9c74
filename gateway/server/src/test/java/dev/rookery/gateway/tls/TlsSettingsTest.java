package dev.rookery.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TlsSettingsTest {

    @Test
    void playersSpeakNoTlsToUsUnlessACertificateIsNamed() {
        assertThat(bind(Map.of()))
                .isEqualTo(new TlsSettings(null, null, Duration.ofSeconds(3), Duration.ofSeconds(10)));
        assertThat(bind(Map.of("rookery.tls.certificate", "", "rookery.tls.key", ""))
                        .files())
                .isNull();
    }

    @Test
    void aCertificateHasAKey() {
        assertThatThrownBy(() -> bind(Map.of("rookery.tls.certificate", "tls.crt")))
                .rootCause()
                .hasMessage("rookery.tls: one of certificate and key is set (expected: both or neither)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"handshake-timeout", "reload-interval"})
    void everyTimeIsSome(String name) {
        assertThatThrownBy(() -> bind(Map.of("rookery.tls." + name, "0s")))
                .rootCause()
                .hasMessage("rookery.tls." + name + ": PT0S (expected: > 0)");
    }

    private static TlsSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("rookery.tls", TlsSettings.class);
    }
}
