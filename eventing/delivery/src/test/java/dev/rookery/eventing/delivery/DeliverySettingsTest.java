package dev.rookery.eventing.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.Test;

class DeliverySettingsTest {

    @Test
    void kafkaIsSpokenToByTlsWhenItIsSaid() {
        assertThat(settings(SecurityProtocol.SSL).kafkaSecurity()).isEqualTo(SecurityProtocol.SSL);
    }

    @Test
    void kafkaIsNotSpokenToInWaysThatNeedMore() {
        assertThatThrownBy(() -> settings(SecurityProtocol.SASL_SSL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rookery.kafka-security: SASL_SSL (expected: PLAINTEXT or SSL)");
    }

    static DeliverySettings settings(SecurityProtocol security) {
        return new DeliverySettings(
                "probe",
                List.of("probe"),
                "catalog",
                "kafka:9092",
                security,
                "redis://redis",
                1,
                1,
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }
}
