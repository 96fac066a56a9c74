package dev.rookery.knative.local.dispatch;

import dev.rookery.knative.local.manifest.Ping;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Fires one PingSource, as Knative does: an event `dev.knative.sources.ping` each time, posted to its service and
/// tried again a few times. One that cannot be delivered is dropped, because the next one says the same.
///
/// One thread a source, so that a firing never overlaps the one before: what was due meanwhile is left out.
final class PingTimer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PingTimer.class);
    private static final String TYPE = "dev.knative.sources.ping";
    /// Knative's own: five retries, the first after 50 ms, each wait twice the one before.
    private static final int RETRIES = 5;

    private static final Duration BACKOFF = Duration.ofMillis(50);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(5);

    private final Ping ping;
    private final Sink sink;
    private final Moments moments;
    private final Counter delivered;
    private final Counter dropped;
    private final Thread thread;

    /// Begins at once.
    PingTimer(Ping ping, Sink sink, Moments moments, MeterRegistry registry) {
        this.ping = ping;
        this.sink = sink;
        this.moments = moments;
        this.delivered = registry.counter("rookery.ping.delivered", "source", ping.name());
        this.dropped = registry.counter("rookery.ping.dropped", "source", ping.name());
        this.thread = Thread.ofVirtual().name("ping-" + ping.name()).start(this::run);
    }

    private void run() {
        try {
            while (moments.reached(ping.schedule().next(moments.now()))) {
                fire(event(moments.now()));
            }
        } catch (InterruptedException e) {
            // Told to end: close() waits for this thread alone.
            LOG.info("{} ends", ping.name());
        }
    }

    private void fire(CloudEvent event) throws InterruptedException {
        try (var _ = MDC.putCloseable("event_id", event.getId())) {
            for (int retries = 0; ; retries++) {
                switch (sink.post(event, Map.of(), TIMEOUT)) {
                    case Reply.Taken() -> {
                        delivered.increment();
                        return;
                    }
                    case Reply.Refused(var status, var why) -> {
                        drop(status, why);
                        return;
                    }
                    case Reply.Later(var status, var why) -> {
                        var again = moments.now().plus(BACKOFF.multipliedBy(1L << retries));
                        if (retries == RETRIES || !moments.reached(again)) {
                            drop(status, why);
                            return;
                        }
                    }
                }
            }
        }
    }

    private void drop(int status, String why) {
        dropped.increment();
        LOG.warn("{} is dropped: {} {}", ping.name(), status, why);
    }

    private CloudEvent event(Instant now) {
        var event = CloudEventBuilder.v1()
                .withId(UUID.randomUUID().toString())
                .withSource(URI.create("/apis/v1/namespaces/" + ping.namespace() + "/pingsources/" + ping.name()))
                .withType(TYPE)
                .withTime(now.atOffset(ZoneOffset.UTC))
                .withData(ping.contentType(), ping.data().getBytes(StandardCharsets.UTF_8));
        ping.extensions().forEach(event::withExtension);
        return event.build();
    }

    /// Waits for the firing that is under way, within a bound. `moments` has been closed before.
    @Override
    public void close() {
        try {
            if (!thread.join(CLOSE_BOUND)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    /// The clock that firings wait for; a test's may reach a moment when the test says so.
    interface Moments {

        Instant now();

        /// Waits until a moment is reached.
        ///
        /// @return false when everything ends before
        /// @throws InterruptedException when this thread is told to end
        boolean reached(Instant moment) throws InterruptedException;
    }
}
