package dev.rookery.knative.local.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.cloudevents.EventRecords;
import dev.rookery.eventing.cloudevents.RequestEvents;
import dev.rookery.eventing.cloudevents.TraceHeaders;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Request;
import dev.rookery.knative.backing.Kafka;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CommandRecordsTest {

    private static final String TOPIC = "rookery.wallet.commands";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static Kafka kafka;
    private static KafkaProducer<String, byte[]> producer;
    private static CommandRecords records;

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());

    @BeforeAll
    static void start() throws Exception {
        kafka = Kafka.startEphemeral();
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 4, (short) 1))).all().get();
        }
        records = new CommandRecords(kafka.bootstrap());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        kafka.close();
    }

    /// As long as its function does not run, or is far behind, the topic alone knows of it.
    @Test
    void whatNoFunctionHasSeenIsFound() throws Exception {
        var accepted = Instant.now();
        var broken = new ProducerRecord<>(TOPIC, player.value(), "no event".getBytes(StandardCharsets.UTF_8));
        broken.headers().add("ce_specversion", null).add("ce_id", null);
        producer.send(broken).get();
        send(command(player, "c-1", accepted));

        var found = records.find(TOPIC, player, "c-1", null).orElseThrow();

        assertThat(found.place()).matches(TOPIC + "-[0-9]+@[0-9]+");
        assertThat(found.accepted()).hasValue(accepted);
        assertThat(found.trace()).isEqualTo(TRACE);
        assertThat(found.event().getType()).isEqualTo("wallet.deposit");
    }

    @Test
    void ofACommandThatWasSentAgainTheFirstIsFound() throws Exception {
        var accepted = Instant.now();
        send(command(player, "c-1", accepted));
        send(command(player, "c-1", accepted.plusSeconds(1)));

        var found = records.find(TOPIC, player, "c-1", Instant.now()).orElseThrow();

        assertThat(found.accepted()).hasValue(accepted);
    }

    @Test
    void whatWaitedForLongBeforeItWasDecidedIsFoundToo() throws Exception {
        send(command(player, "c-1", Instant.now()));

        assertThat(records.find(TOPIC, player, "c-1", Instant.now().plusSeconds(20 * 60)))
                .isPresent();
    }

    @Test
    void anotherPlayersCommandOfTheSameIdIsNotMeant() throws Exception {
        send(command(new PlayerId("q-" + player), "c-1", Instant.now()));

        assertThat(records.find(TOPIC, player, "c-1", null)).isEmpty();
    }

    private static ProducerRecord<String, byte[]> command(PlayerId player, String id, Instant accepted) {
        var request = new Request(player, id, new EventType("wallet.deposit"), player.value(), accepted, null);
        var trace = new TraceHeaders("00-" + TRACE + "-00f067aa0ba902b7-01", null);
        return EventRecords.write(TOPIC, RequestEvents.write(request, "{}".getBytes(StandardCharsets.UTF_8), trace));
    }

    private static void send(ProducerRecord<String, byte[]> command) throws Exception {
        producer.send(command).get();
    }
}
