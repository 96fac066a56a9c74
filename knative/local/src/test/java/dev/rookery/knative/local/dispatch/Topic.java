package dev.rookery.knative.local.dispatch;

import static org.awaitility.Awaitility.await;

import dev.rookery.knative.backing.Kafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// A topic of a test, with plain clients that know nothing of CloudEvents.
record Topic(String bootstrap, String name) {

    static Topic create(Kafka kafka, String name, int partitions) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.of((short) 1))))
                    .all()
                    .get();
        }
        return new Topic(kafka.bootstrap(), name);
    }

    List<TopicPartition> partitions(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new TopicPartition(name, n))
                .toList();
    }

    /// An event in binary mode, as another language's client would write it.
    void event(String id, Map<String, String> more) throws Exception {
        put(binary(id, more), "{\"id\":\"" + id + "\"}");
    }

    /// One whose data is so many characters long.
    void event(String id, int length) throws Exception {
        put(binary(id, Map.of()), "x".repeat(length));
    }

    /// So many events, `c-0` and on.
    void events(int count) throws Exception {
        var records = new ArrayList<ProducerRecord<String, String>>();
        for (int n = 0; n < count; n++) {
            records.add(record(binary("c-" + n, Map.of()), "{}"));
        }
        put(records);
    }

    void put(Map<String, String> headers, String value) throws Exception {
        put(List.of(record(headers, value)));
    }

    private void put(List<ProducerRecord<String, String>> records) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            for (var sent : records.stream().map(producer::send).toList()) {
                sent.get();
            }
        }
    }

    private ProducerRecord<String, String> record(Map<String, String> headers, String value) {
        var record = new ProducerRecord<String, String>(name, value);
        headers.forEach((key, text) -> record.headers().add(key, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private static Map<String, String> binary(String id, Map<String, String> more) {
        var headers = new TreeMap<>(
                Map.of("ce_specversion", "1.0", "ce_id", id, "ce_source", "/players/p-1", "ce_type", "probe.act"));
        headers.put("content-type", "application/json");
        headers.putAll(more);
        return headers;
    }

    /// Waits for so many records, and for all that are there; of each the headers are told, and the value under the
    /// empty name.
    List<Map<String, String>> records(int count) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(partitions(1));
            consumer.seekToBeginning(partitions(1));
            long end = consumer.endOffsets(partitions(1)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            var found = new ArrayList<Map<String, String>>();
            await().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    var each = new TreeMap<String, String>();
                    each.put("", record.value());
                    for (Header header : record.headers()) {
                        each.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
                    }
                    found.add(each);
                });
                return found.size() >= Math.max(count, end);
            });
            return found;
        }
    }

    /// Waits for so many dead letters of these events.
    ///
    /// @return the status that each tells, by the event's id
    Map<String, String> of(Collection<String> ids, int count) {
        var told = new TreeMap<String, String>();
        await().until(() -> {
            records(0).stream()
                    .filter(each -> ids.contains(each.get("ce_id")))
                    .forEach(each -> told.put(each.get("ce_id"), each.get("ce_knativeerrorcode")));
            return told.size() >= count;
        });
        return told;
    }

    /// Waits for the dead letter of an event.
    Map<String, String> letter(String id) {
        return await().until(
                        () -> records(0).stream()
                                .filter(each -> id.equals(each.get("ce_id")))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
