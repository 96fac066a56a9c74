package dev.rookery.knative.local.dispatch;

import dev.rookery.knative.local.manifest.Source;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Takes one record to its end: delivered, or a dead letter. While the dead-letter topic does not take it the
/// record is not done: it came from the same Kafka, which has to be back before anything goes on.
///
/// Runs on a thread of its own, which waits between the tries.
final class RecordDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(RecordDelivery.class);

    private final Source source;
    private final Sink sink;
    private final DeadLetters deadLetters;
    private final DispatchSpans spans;
    private final SourceMeters meters;
    private final RecentDeliveries recent;
    private final CountDownLatch closing;

    /// @param recent  is told of every try
    /// @param closing counted down when deliveries are to end: none is begun any more
    RecordDelivery(
            Source source,
            Sink sink,
            DeadLetters deadLetters,
            DispatchSpans spans,
            SourceMeters meters,
            RecentDeliveries recent,
            CountDownLatch closing) {
        this.source = source;
        this.sink = sink;
        this.deadLetters = deadLetters;
        this.spans = spans;
        this.meters = meters;
        this.recent = recent;
        this.closing = closing;
    }

    /// @return whether the record is done; if not, it has to be delivered again one day
    boolean run(ConsumerRecord<byte[], byte[]> record) {
        var event = ReceivedEvents.read(source, record);
        try (var process = spans.process(record, event);
                var _ = MDC.putCloseable("event_id", event.getId());
                var _ = MDC.putCloseable("trace_id", process.trace())) {
            return deliver(event, process, recent.taken(record, event));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean deliver(CloudEvent event, DispatchSpans.Processing process, RecentDeliveries.Name name)
            throws InterruptedException {
        for (int retries = 0; ; retries++) {
            var reply = post(event, process);
            recent.tried(name, reply);
            switch (reply) {
                case Reply.Taken() -> {
                    meters.delivered();
                    return true;
                }
                case Reply.Refused(var status, var why) -> {
                    return giveUp(event, status, why);
                }
                case Reply.Later(var status, var why) -> {
                    if (retries == source.delivery().retry()) {
                        return giveUp(event, status, "after " + retries + " retries: " + why);
                    }
                    LOG.info("again later: {} {} {}", event.getType(), status, why);
                    meters.retried();
                    if (closesWithin(source.delivery().waitBefore(retries))) {
                        return false;
                    }
                }
            }
        }
    }

    private Reply post(CloudEvent event, DispatchSpans.Processing process) throws InterruptedException {
        try (var post = process.post(sink.url())) {
            var reply = sink.post(event, post.headers(), source.delivery().timeout());
            post.answered(reply);
            return reply;
        }
    }

    private boolean giveUp(CloudEvent event, int status, String why) throws InterruptedException {
        var topic = source.delivery().deadLetterTopic();
        while (!deadLetters.write(topic, event, sink.url(), status, why)) {
            if (closesWithin(source.delivery().backoffDelay())) {
                return false;
            }
        }
        meters.deadLettered();
        return true;
    }

    private boolean closesWithin(Duration wait) throws InterruptedException {
        return closing.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }
}
