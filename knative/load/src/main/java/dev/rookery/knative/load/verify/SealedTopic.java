package dev.rookery.knative.load.verify;

import dev.rookery.eventing.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The seals on the topic, up to where it ended when it was opened; some at a time are in memory.
final class SealedTopic implements Iterable<String>, AutoCloseable {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    private SealedTopic(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        this.ends = ends;
    }

    static SealedTopic open(String bootstrap) {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.LEDGER_SEALS, BOUND).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return new SealedTopic(consumer, consumer.endOffsets(partitions, BOUND));
    }

    /// All have one key, so they are in one partition and in their order. Read once.
    @Override
    public Iterator<String> iterator() {
        return new Lines();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private boolean isAtItsEnd() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private final class Lines implements Iterator<String> {

        private final Queue<String> read = new ArrayDeque<>();
        private long deadline = System.nanoTime() + BOUND.toNanos();

        @Override
        public boolean hasNext() {
            while (read.isEmpty() && !isAtItsEnd()) {
                for (var each : consumer.poll(POLL)) {
                    if (each.offset() < ends.getOrDefault(new TopicPartition(each.topic(), each.partition()), 0L)) {
                        read.add(new String(each.value(), StandardCharsets.UTF_8));
                    }
                    deadline = System.nanoTime() + BOUND.toNanos();
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(Topics.LEDGER_SEALS + ": nothing more for " + BOUND
                            + " (expected: everything up to " + ends + ")");
                }
            }
            return !read.isEmpty();
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException(Topics.LEDGER_SEALS);
            }
            return read.remove();
        }
    }
}
