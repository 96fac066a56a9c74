package dev.rookery.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.cloudevents.KafkaAccess;
import dev.rookery.knative.backing.Kafka;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A gateway at a broker that knows its users.
class BrokerTest {

    private static final Duration BOUND = Duration.ofSeconds(30);

    private static Kafka kafka;

    @BeforeAll
    static void start() {
        kafka = Kafka.startWithUsers(Map.of("gateway", "right"));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void whoIsLetInStarts() {
        try (var broker = broker("right")) {
            assertThat(broker.missingTopics()).containsExactly("rookery.probe.commands");
        }
    }

    /// It would be ready as soon as the broker has learned the password, and lose every command.
    @Test
    void whoIsNotLetInDoesNotStart() {
        assertThatThrownBy(() -> broker("wrong").close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("rookery.kafka.user: gateway is not let in by " + kafka.usersBootstrap());
    }

    private static Broker broker(String password) {
        var access = new KafkaAccess(kafka.usersBootstrap(), SecurityProtocol.SASL_PLAINTEXT, "gateway", password);
        return new Broker(access, List.of("rookery.probe.commands"), BOUND, new Spans(OpenTelemetry.noop()));
    }
}
