package dev.rookery.gateway.drain;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long a pod takes to go. All of it together has to fit in the time that the cluster grants
/// (`terminationGracePeriodSeconds`, less what `preStop` takes), see [#bound].
///
/// @param balancerWait         before the listener closes, for a balancer that learns late; 0 where `preStop` waits
/// @param over                 in which everybody is told
/// @param connectionsPerSecond to tell; few connections need no longer than that
/// @param reconnectWithin      after it is told, a client connects again at a random point of this
/// @param grace                for it to have done so, before its old connection is closed
@ConfigurationProperties("rookery.drain")
public record DrainSettings(
        @DefaultValue("0s") Duration balancerWait,
        @DefaultValue("20s") Duration over,
        @DefaultValue("500") int connectionsPerSecond,
        @DefaultValue("1s") Duration reconnectWithin,
        @DefaultValue("5s") Duration grace) {

    /// For those who are closed last to be gone.
    private static final Duration LAST_GOODBYES = Duration.ofSeconds(2);

    public DrainSettings {
        notNegative("balancer-wait", balancerWait);
        notNegative("over", over);
        notNegative("reconnect-within", reconnectWithin);
        notNegative("grace", grace);
        if (connectionsPerSecond < 1) {
            throw new IllegalArgumentException(
                    "rookery.drain.connections-per-second: " + connectionsPerSecond + " (expected: >= 1)");
        }
    }

    /// How long it takes to tell so many.
    Duration span(int connections) {
        var paced = Duration.ofMillis(1_000L * connections / connectionsPerSecond);
        return paced.compareTo(over) < 0 ? paced : over;
    }

    /// From the first word to so many connections until the last is gone.
    Duration bound(int connections) {
        return span(connections).plus(reconnectWithin).plus(grace).plus(LAST_GOODBYES);
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("rookery.drain." + name + ": " + value + " (expected: >= 0)");
        }
    }
}
