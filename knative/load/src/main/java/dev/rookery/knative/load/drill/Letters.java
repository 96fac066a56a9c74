package dev.rookery.knative.load.drill;

import dev.rookery.eventing.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The dead letters of commands. A query that found its function away is one too, and is left out: whoever asked
/// has been told to ask again.
final class Letters {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String QUERY = "wallet.statement";

    private Letters() {}

    /// @return each once, as a sentence
    static List<String> read(String bootstrap) {
        var letters = new TreeMap<String, String>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", (Object) bootstrap),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.DEAD_LETTERS, BOUND).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions, BOUND);
            long deadline = System.nanoTime() + BOUND.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(Topics.DEAD_LETTERS + " is not read within " + BOUND);
                }
                consumer.poll(POLL).forEach(record -> add(letters, record));
            }
        }
        return List.copyOf(letters.values());
    }

    private static void add(Map<String, String> letters, ConsumerRecord<byte[], byte[]> record) {
        if (!header(record, "ce_type").equals(QUERY)) {
            var name = header(record, "ce_source") + " " + header(record, "ce_id");
            letters.put(
                    name,
                    name + " " + header(record, "ce_type") + ": " + header(record, "ce_knativeerrorcode") + " "
                            + header(record, "ce_knativeerrordata"));
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
