package dev.rookery.knative.load.drill.crowd;

import dev.rookery.eventing.contract.Topics;
import dev.rookery.knative.load.drill.fault.Lull;
import dev.rookery.knative.load.platform.OwnPlatform;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Puts commands on their topics again that are there already, young ones and old ones, in another order: what a
/// producer that retries does, a consumer group that rebalances, an operator who sets an offset back.
///
/// Runs on a thread of its own until it is told to rest.
public final class Copies implements AutoCloseable {

    private static final List<String> TOPICS = List.of(Topics.commands("wallet"), Topics.commands("rounds"));
    private static final Duration POLL = Duration.ofMillis(300);
    private static final Duration BOUND = Duration.ofSeconds(8);
    private static final int KEPT = 2_000;
    private static final int YOUNG = 40;
    private static final int AT_ONCE = 12;

    private final OwnPlatform platform;
    private final Random random;
    private final List<ConsumerRecord<byte[], byte[]>> kept = new ArrayList<>();
    private final AtomicLong copied = new AtomicLong();
    private final Lull lull;
    private final Thread thread;
    private volatile boolean isResting;

    /// @param lull in which nothing is copied
    public Copies(OwnPlatform platform, long seed, Lull lull) {
        this.lull = lull;
        this.platform = platform;
        this.random = new Random(seed);
        this.thread = Thread.ofPlatform().name("copies").daemon().start(this::run);
    }

    public void rest() throws InterruptedException {
        isResting = true;
        thread.join();
    }

    /// How many were put there.
    public long copied() {
        return copied.get();
    }

    @Override
    public void close() {
        isResting = true;
        thread.interrupt();
    }

    private void run() {
        try {
            while (!isResting) {
                // Addresses change when everything is started again.
                var running = platform.find();
                if (running.isPresent()) {
                    copy(running.get().kafka());
                }
                TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(String bootstrap) {
        Map<String, Object> reading =
                Map.of("bootstrap.servers", bootstrap, "default.api.timeout.ms", (int) BOUND.toMillis());
        Map<String, Object> writing = Map.of(
                "bootstrap.servers",
                bootstrap,
                "acks",
                "all",
                "max.block.ms",
                BOUND.toMillis(),
                "request.timeout.ms",
                3_000,
                "delivery.timeout.ms",
                (int) BOUND.toMillis());
        kept.clear();
        try (var consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
            var partitions = TOPICS.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!isResting
                    && platform.find()
                            .filter(now -> now.kafka().equals(bootstrap))
                            .isPresent()) {
                consumer.poll(POLL).forEach(this::keep);
                again(producer);
            }
        } catch (KafkaException e) {
            // Kafka is away, and will be back.
        }
    }

    private void keep(ConsumerRecord<byte[], byte[]> record) {
        // What is no command becomes a dead letter, each time.
        if (record.headers().lastHeader("ce_id") != null && !isPoison(record)) {
            kept.add(record);
        }
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
    }

    private static boolean isPoison(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8).equals(Cashier.POISON);
    }

    private void again(KafkaProducer<byte[], byte[]> producer) {
        if (lull.isOn() || kept.isEmpty() || random.nextInt(4) > 0) {
            return;
        }
        var youngest = kept.subList(Math.max(0, kept.size() - YOUNG), kept.size());
        var some = new ArrayList<>(Stream.generate(() -> random.nextBoolean() ? any(youngest) : any(kept))
                .limit(AT_ONCE)
                .toList());
        Collections.shuffle(some, random);
        for (var each : some) {
            producer.send(new ProducerRecord<>(each.topic(), null, each.key(), each.value(), each.headers()));
        }
        copied.addAndGet(some.size());
    }

    private ConsumerRecord<byte[], byte[]> any(List<ConsumerRecord<byte[], byte[]>> from) {
        return from.get(random.nextInt(from.size()));
    }
}
