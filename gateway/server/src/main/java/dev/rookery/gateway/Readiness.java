package dev.rookery.gateway;

import dev.rookery.gateway.ingress.Broker;
import dev.rookery.gateway.transport.GatewayServer;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether players may be sent here. A Kafka or a Redis that is lost later does not make it unready: every other
/// pod would be as unready, and what can be served is.
final class Readiness implements HealthIndicator {

    private final GatewayServer server;
    private final Broker broker;

    Readiness(GatewayServer server, Broker broker) {
        this.server = server;
        this.broker = broker;
    }

    @Override
    public Health health() {
        if (!server.isListening()) {
            return Health.down().withDetail("port", "not listening").build();
        }
        var missing = broker.missingTopics();
        if (!missing.isEmpty()) {
            return Health.down()
                    .withDetail("topics", "not known to Kafka: " + missing)
                    .build();
        }
        return Health.up().build();
    }
}
