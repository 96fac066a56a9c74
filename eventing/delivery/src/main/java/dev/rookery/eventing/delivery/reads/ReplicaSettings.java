package dev.rookery.eventing.delivery.reads;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The replica from which queries are read; user and password are the primary's.
///
/// @param url         JDBC URL, directly to PostgreSQL: a pooler in between would hand out one connection to several
///                    servers; empty when there is none, and queries go to the primary
/// @param maxWait     how long a query waits for what the player was told, before it goes to the primary
/// @param timeout     for a connection, and for an answer; then the replica is lost
/// @param retryAfter  when one query tries a lost replica again; the others go to the primary meanwhile
/// @param connections at most to the replica, and as many besides to the primary
@ConfigurationProperties("rookery.replica")
public record ReplicaSettings(
        @DefaultValue("") String url,
        @DefaultValue("250ms") Duration maxWait,
        @DefaultValue("2s") Duration timeout,
        @DefaultValue("1s") Duration retryAfter,
        @DefaultValue("16") int connections) {

    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);

    public ReplicaSettings {
        if (maxWait.isNegative()) {
            throw new IllegalArgumentException("rookery.replica.max-wait: " + maxWait + " (expected: >= 0)");
        }
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0) {
            throw new IllegalArgumentException("rookery.replica.timeout: " + timeout + " (expected: >= 1s)");
        }
        if (!retryAfter.isPositive()) {
            throw new IllegalArgumentException("rookery.replica.retry-after: " + retryAfter + " (expected: > 0)");
        }
        if (connections < 1) {
            throw new IllegalArgumentException("rookery.replica.connections: " + connections + " (expected: >= 1)");
        }
    }

    /// Whether there is a replica.
    public boolean isSet() {
        return !url.isEmpty();
    }
}
