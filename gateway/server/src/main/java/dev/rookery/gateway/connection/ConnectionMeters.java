package dev.rookery.gateway.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// What slow readers cost, counted for all connections together.
public final class ConnectionMeters {

    private final Counter dropped;

    public ConnectionMeters(MeterRegistry registry) {
        this.dropped =
                registry.counter("rookery.message.dropped", "cloudevents.event_type", "cast", "reason", "slow-reader");
    }

    /// Casts were dropped for a client that has no room.
    void castsDropped(int count) {
        dropped.increment(count);
    }
}
