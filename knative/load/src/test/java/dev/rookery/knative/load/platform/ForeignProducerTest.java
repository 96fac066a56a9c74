package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Records on the commands topic that did not come from the gateway: plain Kafka clients know nothing of ours.
class ForeignProducerTest {

    @RegisterExtension
    static final SharedPlatform rookery = new SharedPlatform();

    private static final String COMMANDS = "rookery.wallet.commands";

    private final String player = "p-" + UUID.randomUUID();

    @Test
    void aForeignProducersCommandIsCarriedOutAndThePlayerHearsOfIt() throws Exception {
        try (var wire = Wire.hello(rookery.url(), player)) {
            wire.next("welcome");

            produce(deposit("f-1"));

            var event = wire.next("event");
            assertThat(event.get("re").stringValue()).isEqualTo("f-1");
            Wire.assertOutcome(event, "done");
            assertThat(rookery.ledger().balances(player)).containsExactly("1000 EUR");
        }
    }

    @Test
    void aForeignProducersCommandTwiceOnTheTopicIsCarriedOutOnce() throws Exception {
        produce(deposit("f-1"));
        produce(deposit("f-1"));
        produce(deposit("f-2"));

        await().untilAsserted(
                        () -> assertThat(rookery.ledger().decided(player)).containsExactlyInAnyOrder("f-1", "f-2"));
        assertThat(rookery.ledger().balances(player)).containsExactly("2000 EUR");
    }

    @Test
    void aRecordThatIsNoCloudEventIsADeadLetterWithTheReasonAndBlocksNothing() throws Exception {
        var text = "hello " + UUID.randomUUID();
        produce(new ProducerRecord<>(COMMANDS, 0, null, text));
        produce(deposit("f-1", 0));

        assertThat(deadLetter(text))
                .containsEntry("ce_type", "dev.knative.kafka.event")
                .containsEntry("ce_knativeerrorcode", "400")
                .hasEntrySatisfying(
                        "ce_knativeerrordata", why -> assertThat(why).startsWith("not a player's request: source: "));
        await().untilAsserted(() -> assertThat(rookery.ledger().decided(player)).containsExactly("f-1"));
    }

    @Test
    void aBrokenCommandIsADeadLetterWithTheReasonAndThePlayerHearsThatItFailed() throws Exception {
        try (var wire = Wire.hello(rookery.url(), player)) {
            wire.next("welcome");
            var data = "{\"amount\":\"a lot, " + UUID.randomUUID() + "\"}";

            produce(command("f-1", data));

            Wire.assertOutcome(wire.next("event"), "failed");
            assertThat(deadLetter(data))
                    .containsEntry("ce_id", "f-1")
                    .hasEntrySatisfying(
                            "ce_knativeerrordata", why -> assertThat(why).startsWith("invalid-data: data: "));
        }
    }

    private ProducerRecord<String, String> deposit(String id) {
        return command(id, "{\"amount\":1000,\"currency\":\"EUR\"}");
    }

    private ProducerRecord<String, String> deposit(String id, int partition) {
        var record = deposit(id);
        return new ProducerRecord<>(COMMANDS, partition, record.key(), record.value(), record.headers());
    }

    /// The least that a CloudEvent in binary mode has.
    private ProducerRecord<String, String> command(String id, String data) {
        var record = new ProducerRecord<>(COMMANDS, player, data);
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", id,
                        "ce_source", "/players/" + player,
                        "ce_type", "wallet.deposit",
                        "content-type", "application/json")
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private static void produce(ProducerRecord<String, String> record) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", rookery.platform().kafka(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(record).get(60, TimeUnit.SECONDS);
        }
    }

    /// Headers of the dead letter that has a text as its value.
    private static Map<String, String> deadLetter(String value) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", rookery.platform().kafka()),
                new StringDeserializer(),
                new StringDeserializer())) {
            var partitions = IntStream.range(
                            0, consumer.partitionsFor("rookery.dead-letters").size())
                    .mapToObj(n -> new TopicPartition("rookery.dead-letters", n))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var found = new ArrayList<ConsumerRecord<String, String>>();
            await().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (value.equals(record.value())) {
                        found.add(record);
                    }
                });
                return !found.isEmpty();
            });
            return headers(found);
        }
    }

    private static Map<String, String> headers(List<ConsumerRecord<String, String>> found) {
        var headers = new TreeMap<String, String>();
        found.getFirst()
                .headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }
}
