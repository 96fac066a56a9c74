package dev.rookery.eventing.delivery;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.cloudevents.KafkaAccess;
import dev.rookery.knative.backing.Kafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.Test;

class SignInTest {

    /// Its producer would be refused for good, and every delivery fail, until somebody ended the process.
    @Test
    void aFunctionThatKafkaDoesNotLetInDoesNotStart() {
        try (var kafka = Kafka.startWithUsers(Map.of("probe", "right"))) {
            var settings = settings(
                    new KafkaAccess(kafka.usersBootstrap(), SecurityProtocol.SASL_PLAINTEXT, "probe", "wrong"));

            assertThatThrownBy(
                            () -> new DeliveryConfiguration().producer(settings).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("rookery.kafka.user: probe is not let in by " + kafka.usersBootstrap());
        }
    }

    private static DeliverySettings settings(KafkaAccess access) {
        return new DeliverySettings(
                "probe",
                List.of("probe"),
                "catalog",
                access,
                "redis://redis",
                1,
                1,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }
}
