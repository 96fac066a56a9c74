package dev.rookery.functions.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Topics;
import dev.rookery.eventing.delivery.emission.OwnCommands;
import dev.rookery.functions.games.fair.ServerSeed;
import dev.rookery.functions.ledger.AccountId;
import dev.rookery.functions.ledger.LedgerDatabase;
import dev.rookery.knative.backing.Kafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/// The chore that finds rounds whose players have not come back.
class DeadlinesTest {

    @RegisterExtension
    static final LedgerDatabase database = LedgerDatabase.of("rounds");

    private static final Duration BOUND = Duration.ofSeconds(60);

    private static Kafka kafka;

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());
    private Instant now = Instant.now();

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = Kafka.startEphemeral();
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(Topics.commands("rounds"), 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void aRoundWhoseDeadlineHasPassedIsEndedByACommandOfItsOwn() {
        try (var table = new Table(database, () -> now)) {
            table.seat(player, 10_000);
            var round = Table.round(table.mines(player, "c-1", 1_000));
            run();
            now = now.plus(Table.DEADLINE);

            run();

            var command = onlyCommand();
            assertThat(header(command, "ce_type")).isEqualTo("rounds.expire");
            assertThat(header(command, "ce_source")).isEqualTo(player.source());
            assertThat(new String(command.value(), StandardCharsets.UTF_8)).isEqualTo("{\"round\":\"" + round + "\"}");
            table.expire(player, header(command, "ce_id"), round);
            assertThat(database.balance(AccountId.of(player, "EUR"))).isEqualTo(10_000);
            assertThat(new RoundRows(database.application()).due(now, 10)).isEmpty();
        }
    }

    @Test
    void whoeverFindsItInTheSameMinuteSendsTheSameCommand() {
        var due = new RoundRows.Due("r-1", player, ServerSeed.parse("ab".repeat(32)));
        var minute = Instant.parse("2026-11-24T12:00:00Z");

        assertThat(Deadlines.id(due, minute)).isEqualTo(Deadlines.id(due, minute.plusSeconds(59)));
        assertThat(Deadlines.id(due, minute)).isNotEqualTo(Deadlines.id(due, minute.plusSeconds(60)));
    }

    /// Or a client could use the id before, and keep its round for ever.
    @Test
    void nobodyGuessesTheCommandWithoutTheSeed() {
        var minute = Instant.parse("2026-11-24T12:00:00Z");

        assertThat(Deadlines.id(new RoundRows.Due("r-1", player, ServerSeed.parse("ab".repeat(32))), minute))
                .isNotEqualTo(
                        Deadlines.id(new RoundRows.Due("r-1", player, ServerSeed.parse("cd".repeat(32))), minute));
    }

    private void run() {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrap()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            var commands = new OwnCommands(producer, JsonMapper.shared(), "rounds", BOUND);
            new Deadlines(database.application(), commands, () -> now).run();
        }
    }

    private static ConsumerRecord<String, byte[]> onlyCommand() {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrap(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partition = new TopicPartition(Topics.commands("rounds"), 0);
            consumer.assign(List.of(partition));
            assertThat(consumer.endOffsets(List.of(partition)).get(partition)).isEqualTo(1);
            return consumer.poll(BOUND).iterator().next();
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
