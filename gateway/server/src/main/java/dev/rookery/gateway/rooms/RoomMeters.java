package dev.rookery.gateway.rooms;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/// What rooms cost, counted for all together.
public final class RoomMeters {

    private static final String TYPE = "cloudevents.event_type";

    private final MeterRegistry registry;
    private final Counter taken;
    private final Counter queueFull;
    private final Counter notPublished;

    public RoomMeters(MeterRegistry registry) {
        this.registry = registry;
        this.taken = registry.counter("rookery.message.accepted", TYPE, "cast");
        this.queueFull = registry.counter("rookery.message.dropped", TYPE, "cast", "reason", "queue-full");
        this.notPublished = registry.counter("rookery.message.dropped", TYPE, "cast", "reason", "redis");
    }

    void watch(IntSupplier rooms, IntSupplier queued) {
        Gauge.builder("rookery.gateway.rooms", rooms::getAsInt).baseUnit("room").register(registry);
        Gauge.builder("rookery.gateway.fanout.queue", queued::getAsInt)
                .baseUnit("message")
                .register(registry);
    }

    void castTaken() {
        taken.increment();
    }

    /// A cast was dropped for all members on one event loop, which cannot keep up.
    void castDropped() {
        queueFull.increment();
    }

    /// Other pods' members missed a cast.
    void castNotPublished() {
        notPublished.increment();
    }
}
