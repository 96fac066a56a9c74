package dev.rookery.knative.local.ops;

import dev.rookery.eventing.cloudevents.RequestEvents;
import dev.rookery.eventing.contract.PlayerId;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Finds the record of a command in its topic.
///
/// @param bootstrap Kafka's servers
record CommandRecords(String bootstrap) {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BOUND = Duration.ofSeconds(10);
    /// How long before it was decided a command is looked for: most are decided at once, and those that had to wait are
    /// worth reading more.
    private static final List<Duration> BEFORE = List.of(Duration.ofMinutes(1), Duration.ofMinutes(30));
    /// Of each partition, when it is not known when the command was decided.
    private static final long NEWEST = 5_000;

    /// @param place  `topic-partition@offset`
    /// @param stored when Kafka has it from
    record Found(String place, Instant stored, CloudEvent event) {

        Optional<Instant> accepted() {
            return Optional.ofNullable(event.getTime()).map(time -> time.toInstant());
        }

        /// 32 hex digits.
        @Nullable
        String trace() {
            var parent = RequestEvents.trace(event).traceparent();
            return parent == null || parent.length() < 35 ? null : parent.substring(3, 35);
        }
    }

    /// @param topic   that the command's function reads
    /// @param decided when the function recorded its outcome; null when that is not known
    /// @return empty when it is not there any more, or further back than is looked
    Optional<Found> find(String topic, PlayerId player, String id, @Nullable Instant decided) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic, BOUND).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions, BOUND);
            if (decided == null) {
                seekNewest(consumer, partitions, ends);
                return find(consumer, ends, player, id);
            }
            for (var before : BEFORE) {
                seek(consumer, partitions, ends, decided.minus(before));
                var found = find(consumer, ends, player, id);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
    }

    private static void seekNewest(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        var begins = consumer.beginningOffsets(partitions, BOUND);
        for (var partition : partitions) {
            long newest = ends.getOrDefault(partition, 0L) - NEWEST;
            consumer.seek(partition, Math.max(begins.getOrDefault(partition, 0L), newest));
        }
    }

    private static void seek(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> ends,
            Instant since) {
        var times = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
        var from = consumer.offsetsForTimes(times, BOUND);
        for (var partition : partitions) {
            var offset = from.get(partition);
            consumer.seek(partition, offset == null ? ends.getOrDefault(partition, 0L) : offset.offset());
        }
    }

    /// The oldest: a command that was sent again has several, and the first one's way is the one that began.
    private static Optional<Found> find(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, PlayerId player, String id) {
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())
                && System.nanoTime() < deadline) {
            for (var record : consumer.poll(POLL)) {
                if (mayBe(record, id)) {
                    var found = read(record, player, id);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// Spares reading events whose header names another id.
    private static boolean mayBe(ConsumerRecord<byte[], byte[]> record, String id) {
        var header = record.headers().lastHeader("ce_id");
        return header == null
                || header.value() == null
                || new String(header.value(), StandardCharsets.UTF_8).equals(id);
    }

    private static Optional<Found> read(ConsumerRecord<byte[], byte[]> record, PlayerId player, String id) {
        try {
            var event = KafkaMessageFactory.createReader(record.headers(), record.value())
                    .toEvent();
            boolean isIt =
                    event.getId().equals(id) && event.getSource().toString().equals(player.source());
            var place = record.topic() + "-" + record.partition() + "@" + record.offset();
            return isIt
                    ? Optional.of(new Found(place, Instant.ofEpochMilli(record.timestamp()), event))
                    : Optional.empty();
        } catch (RuntimeException e) {
            // Headers are anybody's bytes, and the reader has its own ways to trip over them.
            return Optional.empty();
        }
    }
}
