package dev.rookery.gateway.ingress;

import dev.rookery.eventing.cloudevents.EventRecords;
import dev.rookery.eventing.cloudevents.KafkaAccess;
import dev.rookery.eventing.cloudevents.RequestEvents;
import dev.rookery.eventing.contract.Request;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts requests on Kafka, acknowledged by all replicas, and tells what is known of each.
///
/// [#send] never blocks, so event loops may call it: the producer may not wait for metadata, which is why
/// [#awaitTopics] fetches it beforehand, nor for room in its buffer.
public final class Broker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
    private static final long TOPIC_RETRY_NANOS = Duration.ofMillis(100).toNanos();
    /// A topic that nobody used for so long would have to be looked up again, which [#send] cannot wait for.
    private static final Duration METADATA_IDLE = Duration.ofDays(365);

    private final Producer<String, byte[]> producer;
    private final Spans spans;
    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// @param topics  all that will be sent to
    /// @param confirm how long the broker may take to confirm
    /// @throws IllegalStateException when the broker does not let the user in
    public Broker(KafkaAccess access, Collection<String> topics, Duration confirm, Spans spans) {
        this.spans = spans;
        this.missing.addAll(topics);
        int confirmMillis = Math.toIntExact(confirm.toMillis());
        access.signIn(confirm);
        var settings = access.settings();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, confirmMillis / 2));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, confirmMillis);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, METADATA_IDLE.toMillis());
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /// Blocks until every topic is known, or this is closed.
    public void awaitTopics() {
        while (!closed && !missing.isEmpty()) {
            missing.removeIf(this::isKnown);
            LockSupport.parkNanos(TOPIC_RETRY_NANOS);
        }
    }

    /// Topics that are not known yet: nothing can be sent to them.
    public Set<String> missingTopics() {
        return Set.copyOf(missing);
    }

    /// @param data  JSON
    /// @param frame the span below which it is sent
    /// @param then  told what is known, once, on the producer's thread or on this one
    public void send(String topic, Request request, String data, Span frame, Consumer<Sent> then) {
        var span = spans.send(topic, frame);
        var attempt = new Attempt(request, span, then);
        try {
            var event = RequestEvents.write(request, data.getBytes(StandardCharsets.UTF_8), Spans.headers(span));
            producer.send(EventRecords.write(topic, event), (metadata, error) -> attempt.ended(error));
        } catch (KafkaException | IllegalStateException e) {
            attempt.ended(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        producer.close(Duration.ofSeconds(5));
    }

    private boolean isKnown(String topic) {
        try {
            return !producer.partitionsFor(topic).isEmpty();
        } catch (KafkaException e) {
            return false;
        }
    }

    /// What is known of a request that was sent.
    public enum Sent {
        /// It is durable.
        CONFIRMED,
        /// It was not taken and never will be.
        NOT_TAKEN,
        /// The broker did not confirm: it may be durable or not.
        UNKNOWN
    }

    /// One record on its way. What fails on the sender's own thread fails while it is handed over, such as for
    /// want of room: it never left.
    private static final class Attempt {

        private final Request request;
        private final Span span;
        private final Consumer<Sent> then;
        private final Thread sender = Thread.currentThread();

        Attempt(Request request, Span span, Consumer<Sent> then) {
            this.request = request;
            this.span = span;
            this.then = then;
        }

        void ended(@Nullable Exception error) {
            if (error == null) {
                span.end();
                then.accept(Sent.CONFIRMED);
                return;
            }
            var sent = Thread.currentThread() == sender ? Sent.NOT_TAKEN : Sent.UNKNOWN;
            LOG.atWarn().addKeyValue("event_id", request.id()).log("{}: {} {}", request.type(), sent, error.toString());
            span.setStatus(StatusCode.ERROR, error.toString());
            span.end();
            then.accept(sent);
        }
    }
}
