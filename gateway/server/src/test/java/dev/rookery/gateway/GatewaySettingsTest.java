package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.cloudevents.KafkaAccess;
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
                        new KafkaAccess("kafka:9092", SecurityProtocol.PLAINTEXT, null, null),
                        "redis://redis",
                        null,
                        Duration.ofSeconds(10)));
    }

    @Test
    void kafkaIsReachedAsWhoTheSettingsSay() {
        assertThat(bind(Map.of(
                                "rookery.kafka.security", "SASL_SSL",
                                "rookery.kafka.user", "gateway",
                                "rookery.kafka.password", "secret"))
                        .kafka())
                .isEqualTo(new KafkaAccess("kafka:9092", SecurityProtocol.SASL_SSL, "gateway", "secret"));
    }

    @Test
    void kafkaHasSomeTimeToConfirm() {
        assertThatThrownBy(() -> bind(Map.of("rookery.kafka-confirm", "0s")))
                .rootCause()
                .hasMessage("rookery.kafka-confirm: PT0S (expected: > 0)");
    }

    private static GatewaySettings bind(Map<String, String> more) {
        var properties = new HashMap<>(Map.of(
                "rookery.catalog",
                "catalog",
                "rookery.kafka.bootstrap",
                "kafka:9092",
                "rookery.kafka.security",
                "PLAINTEXT",
                "rookery.redis",
                "redis://redis"));
        properties.putAll(more);
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("rookery", GatewaySettings.class)
                .get();
    }
}
