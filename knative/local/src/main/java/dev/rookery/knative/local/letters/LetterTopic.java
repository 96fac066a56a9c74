package dev.rookery.knative.local.letters;

import dev.rookery.eventing.contract.Topics;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads the topic of dead letters, from its beginning to where it ends at that moment.
final class LetterTopic {

    /// The newest of each partition; the topic itself keeps them for as long as its retention says.
    private static final int MAX_LETTERS = 2_000;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BOUND = Duration.ofSeconds(30);

    private LetterTopic() {}

    /// Oldest first.
    static List<Letter> read(String bootstrap) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.DEAD_LETTERS, BOUND).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            var begins = consumer.beginningOffsets(partitions, BOUND);
            var ends = consumer.endOffsets(partitions, BOUND);
            for (var partition : partitions) {
                long begin =
                        Math.max(begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L) - MAX_LETTERS);
                consumer.seek(partition, begin);
            }
            return read(consumer, ends);
        }
    }

    private static List<Letter> read(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        var letters = new ArrayDeque<Letter>();
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        Topics.DEAD_LETTERS + " is not read to its end (expected: within " + BOUND + ")");
            }
            consumer.poll(POLL).forEach(record -> letter(record).ifPresent(letters::add));
        }
        return letters.stream().sorted(Comparator.comparing(Letter::when)).toList();
    }

    /// Empty for what is no event: nobody who writes dead letters writes such a thing.
    private static Optional<Letter> letter(ConsumerRecord<byte[], byte[]> record) {
        var headers = new HashMap<String, String>();
        for (var header : record.headers()) {
            var value = header.value();
            headers.put(header.key(), value == null ? "" : new String(value, StandardCharsets.UTF_8));
        }
        try {
            var event = KafkaMessageFactory.createReader(record.headers(), record.value())
                    .toEvent();
            return Optional.of(new Letter(event, Instant.ofEpochMilli(record.timestamp()), headers));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
