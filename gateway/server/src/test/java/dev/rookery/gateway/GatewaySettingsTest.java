package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class GatewaySettingsTest {

    @Test
    void kafkaHasTenSecondsToConfirm() {
        assertThat(bind(Map.of()))
                .isEqualTo(new GatewaySettings(
                        "catalog",
                        "kafka:9092",
                        SecurityProtocol.PLAINTEXT,
                        "redis://redis",
                        null,
                        Duration.ofSeconds(10)));
    }

    @Test
    void kafkaIsSpokenToByTlsWhenItIsSaid() {
        assertThat(bind(Map.of("rookery.kafka-security", "SSL")).kafkaSecurity())
                .isEqualTo(SecurityProtocol.SSL);
    }

    @Test
    void kafkaIsNotSpokenToInWaysThatNeedMore() {
        assertThatThrownBy(() -> bind(Map.of("rookery.kafka-security", "SASL_SSL")))
                .rootCause()
                .hasMessage("rookery.kafka-security: SASL_SSL (expected: PLAINTEXT or SSL)");
    }

    @Test
    void kafkaHasSomeTimeToConfirm() {
        assertThatThrownBy(() -> bind(Map.of("rookery.kafka-confirm", "0s")))
                .rootCause()
                .hasMessage("rookery.kafka-confirm: PT0S (expected: > 0)");
    }

    private static GatewaySettings bind(Map<String, String> more) {
        var properties = new HashMap<>(
                Map.of("rookery.catalog", "catalog", "rookery.kafka", "kafka:9092", "rookery.redis", "redis://redis"));
        properties.putAll(more);
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("rookery", GatewaySettings.class)
                .get();
    }
}
