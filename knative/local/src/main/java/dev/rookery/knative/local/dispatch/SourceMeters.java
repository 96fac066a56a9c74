package dev.rookery.knative.local.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;

/// What is counted of one source.
final class SourceMeters {

    private final Counter delivered;
    private final Counter retried;
    private final Counter deadLettered;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Map<TopicPartition, Long> lags = new ConcurrentHashMap<>();

    SourceMeters(MeterRegistry registry, String source) {
        var tags = Tags.of("source", source);
        delivered = registry.counter("rookery.dispatch.delivered", tags);
        retried = registry.counter("rookery.dispatch.retried", tags);
        deadLettered = registry.counter("rookery.dispatch.dead_letters", tags);
        registry.gauge("rookery.dispatch.in_flight", tags, inFlight);
        registry.gauge("rookery.dispatch.lag", tags, this, SourceMeters::lag);
    }

    void delivered() {
        delivered.increment();
    }

    void retried() {
        retried.increment();
    }

    void deadLettered() {
        deadLettered.increment();
    }

    AtomicInteger inFlight() {
        return inFlight;
    }

    /// @param records that wait in Kafka
    void lag(TopicPartition partition, long records) {
        lags.put(partition, records);
    }

    private long lag() {
        return lags.values().stream().mapToLong(Long::longValue).sum();
    }

    SourceState state(String source) {
        return new SourceState(source, inFlight.get(), lag(), (long) delivered.count(), (long) retried.count(), (long)
                deadLettered.count());
    }
}
