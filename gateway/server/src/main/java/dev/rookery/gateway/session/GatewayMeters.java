package dev.rookery.gateway.session;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.gateway.protocol.CloseCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What the gateway counts. No label ever names a player or a session.
public final class GatewayMeters {

    private static final String TYPE = "cloudevents.event_type";

    private final MeterRegistry registry;
    private final AtomicInteger open;
    private final AtomicInteger draining;

    public GatewayMeters(MeterRegistry registry) {
        this.registry = registry;
        this.open = active(registry, "open");
        this.draining = active(registry, "draining");
    }

    void opened() {
        open.incrementAndGet();
        attempted("opened");
    }

    void attempted(String outcome) {
        var errorType = outcome.equals("opened") ? "none" : outcome;
        registry.counter("rookery.gateway.connection.attempts", "outcome", outcome, "error.type", errorType)
                .increment();
    }

    /// Told to connect again elsewhere.
    void beganToDrain() {
        open.decrementAndGet();
        draining.incrementAndGet();
    }

    /// @param wasDraining when it had been told to go
    /// @param code        null when the client left
    void ended(boolean wasDraining, long nanos, @Nullable CloseCode code) {
        (wasDraining ? draining : open).decrementAndGet();
        registry.timer("rookery.gateway.connection.duration", "close", code == null ? "client" : code.action())
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    void accepted(EventType type) {
        registry.counter("rookery.message.accepted", TYPE, type.value()).increment();
    }

    /// @param outcome `answered`, or the code of an error
    void replied(EventType type, String outcome, long nanos) {
        registry.timer("rookery.message.duration", TYPE, type.value(), "outcome", outcome)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private static AtomicInteger active(MeterRegistry registry, String state) {
        var active = new AtomicInteger();
        registry.gauge("rookery.gateway.active_connections", List.of(Tag.of("state", state)), active);
        return active;
    }
}
