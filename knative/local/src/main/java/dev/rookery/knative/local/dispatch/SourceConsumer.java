package dev.rookery.knative.local.dispatch;

import dev.rookery.knative.local.manifest.Source;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One consumer of a source: takes records from its partitions, hands each to a [RecordDelivery] on a virtual
/// thread, and commits as far as everything before is done. So many may be in flight; then nothing is taken until
/// some are done.
///
/// It is assigned its partitions and joins no group, because on one machine there is no other dispatcher to share
/// them with, and a group would wait for the members of a platform that was killed.
final class SourceConsumer implements AutoCloseable {

    static final int MAX_IN_FLIGHT = 256;

    private static final Logger LOG = LoggerFactory.getLogger(SourceConsumer.class);
    /// What one poll brings at most; it comes on top of what is in flight when the poll begins.
    private static final int POLL_RECORDS = MAX_IN_FLIGHT / 2;
    private static final Duration POLL = Duration.ofMillis(100);
    /// While nothing is in flight and nothing is to be committed: a record ends it at once.
    private static final Duration POLL_WHEN_IDLE = Duration.ofSeconds(1);
    /// How long the broker keeps a fetch for which it has nothing.
    private static final int FETCH_MILLIS = 2_000;
    private static final Duration POLL_WHEN_FULL = Duration.ofMillis(5);
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration START_BOUND = Duration.ofSeconds(30);
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Offsets> offsets = new LinkedHashMap<>();
    private final RecordDelivery delivery;
    private final SourceMeters meters;
    private final CountDownLatch closing;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final ExecutorService deliveries = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread thread;
    private long committedNanos = System.nanoTime();

    /// Finds out where it begins; what is produced from then on is delivered.
    ///
    /// @param partitions its own
    /// @param closing    the one that `delivery` looks at
    SourceConsumer(
            Source source,
            String bootstrap,
            Collection<TopicPartition> partitions,
            RecordDelivery delivery,
            SourceMeters meters,
            CountDownLatch closing) {
        this.delivery = delivery;
        this.meters = meters;
        this.closing = closing;
        this.consumer = new KafkaConsumer<>(
                settings(source, bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(partitions);
        for (var partition : partitions) {
            consumer.position(partition, START_BOUND);
            offsets.put(partition, new Offsets());
        }
        this.thread = Thread.ofPlatform().name("source-" + source.name()).start(this::run);
    }

    private static Map<String, Object> settings(Source source, String bootstrap) {
        return Map.of(
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                FETCH_MILLIS,
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.GROUP_ID_CONFIG,
                source.consumerGroup(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                source.initialOffset().name().toLowerCase(Locale.ROOT),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                POLL_RECORDS,
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                500);
    }

    private void run() {
        while (closing.getCount() > 0) {
            try {
                throttle();
                consumer.poll(patience()).forEach(this::take);
                tellLag();
                commitWhenDue();
            } catch (KafkaException e) {
                LOG.warn("poll failed, tried again: {}", e.toString());
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    private Duration patience() {
        if (!consumer.paused().isEmpty()) {
            return POLL_WHEN_FULL;
        }
        return inFlight.get() == 0 && committable().isEmpty() ? POLL_WHEN_IDLE : POLL;
    }

    private void throttle() {
        boolean isFull = inFlight.get() > MAX_IN_FLIGHT - POLL_RECORDS;
        if (isFull && consumer.paused().isEmpty()) {
            consumer.pause(consumer.assignment());
        } else if (!isFull && !consumer.paused().isEmpty()) {
            consumer.resume(consumer.assignment());
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        var partition = offsets.get(new TopicPartition(record.topic(), record.partition()));
        if (partition == null) {
            throw new IllegalStateException("partition: " + record.partition() + " was not assigned");
        }
        partition.taken(record.offset());
        inFlight.incrementAndGet();
        meters.inFlight().incrementAndGet();
        deliveries.execute(() -> deliver(partition, record));
    }

    private void deliver(Offsets partition, ConsumerRecord<byte[], byte[]> record) {
        try {
            if (delivery.run(record)) {
                partition.done(record.offset());
            }
        } catch (RuntimeException e) {
            // Not done: it holds back the commit, and is delivered again when the platform starts again.
            LOG.error("record {}-{}@{} failed", record.topic(), record.partition(), record.offset(), e);
        } finally {
            inFlight.decrementAndGet();
            meters.inFlight().decrementAndGet();
        }
    }

    private void tellLag() {
        for (var partition : offsets.keySet()) {
            meters.lag(partition, consumer.currentLag(partition).orElse(0));
        }
    }

    private void commitWhenDue() {
        if (System.nanoTime() - committedNanos < COMMIT_INTERVAL.toNanos()) {
            return;
        }
        committedNanos = System.nanoTime();
        var committable = committable();
        if (!committable.isEmpty()) {
            consumer.commitAsync(committable, (committed, error) -> {
                if (error == null) {
                    noteCommitted(committed);
                } else {
                    LOG.warn("commit failed, tried again: {}", error.toString());
                }
            });
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committable() {
        var committable = new HashMap<TopicPartition, OffsetAndMetadata>();
        offsets.forEach((partition, taken) ->
                taken.committable().ifPresent(offset -> committable.put(partition, new OffsetAndMetadata(offset))));
        return committable;
    }

    private void noteCommitted(Map<TopicPartition, OffsetAndMetadata> committed) {
        committed.forEach((partition, offset) -> {
            var taken = offsets.get(partition);
            if (taken != null) {
                taken.committed(offset.offset());
            }
        });
    }

    /// Waits for what is in flight, within a bound, then commits. `closing` has been counted down before.
    @Override
    public void close() {
        boolean polls = true;
        try {
            polls = !thread.join(CLOSE_BOUND);
            deliveries.shutdown();
            if (!deliveries.awaitTermination(CLOSE_BOUND.toSeconds(), TimeUnit.SECONDS)) {
                deliveries.shutdownNow();
            }
            if (!polls) {
                commitLast();
            }
        } catch (InterruptedException e) {
            deliveries.shutdownNow();
            Thread.currentThread().interrupt();
        }
        if (polls) {
            // A consumer is one thread's.
            LOG.warn("still polls when its bound is over: what it has not committed is delivered again");
        } else {
            consumer.close(CloseOptions.timeout(CLOSE_BOUND));
        }
    }

    private void commitLast() {
        try {
            consumer.commitSync(committable(), CLOSE_BOUND);
        } catch (KafkaException e) {
            LOG.warn("last commit failed, what it covered is delivered again: {}", e.toString());
        }
    }
}
