package dev.rookery.knative.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged is there after a SIGKILL, on the same port.
class ServersTest {

    @TempDir
    Path folder;

    @Test
    void postgresKeepsWhatItCommitted() throws Exception {
        try (var postgres = Postgres.start(folder, 0)) {
            execute(postgres, "create table kept (value int)", "insert into kept values (41)");

            kill(postgres.pid());
            postgres.onExit().get(60, TimeUnit.SECONDS);
            postgres.restart();

            assertThat(asked(postgres, "select value from kept")).isEqualTo("41");
        }
    }

    @Test
    void postgresSyncsItsCommits() throws Exception {
        try (var postgres = Postgres.start(folder, 0)) {
            assertThat(asked(postgres, "show fsync")).isEqualTo("on");
            assertThat(asked(postgres, "show synchronous_commit")).isEqualTo("on");
            assertThat(asked(postgres, "show full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void postgresLetsNobodyInWithoutThePassword() throws Exception {
        try (var postgres = Postgres.start(folder, 0)) {
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", "guessed"))
                    .hasMessageContaining("password authentication failed");
            assertThat(Files.getPosixFilePermissions(folder.resolve("password")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void redisKeepsWhatItAcknowledged() throws Exception {
        try (var redis = Redis.start(folder, 0)) {
            assertThat(asked(redis, "SET kept 41")).isEqualTo("+OK");

            kill(redis.pid());
            redis.onExit().get(60, TimeUnit.SECONDS);
            redis.restart();

            assertThat(asked(redis, "INCR kept")).isEqualTo(":42");
        }
    }

    @Test
    void kafkaKeepsWhatItAcknowledged() throws Exception {
        try (var kafka = Kafka.start(folder, 0)) {
            createTopic(kafka);
            produce(kafka, "41");

            kill(kafka.pid());
            kafka.onExit().get(60, TimeUnit.SECONDS);
            kafka.restart();

            assertThat(consumed(kafka)).containsExactly("41");
        }
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private static void execute(Postgres postgres, String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        postgres.jdbcUrl("postgres"), postgres.superuser(), postgres.password());
                var statement = connection.createStatement()) {
            for (var each : statements) {
                statement.execute(each);
            }
        }
    }

    private static String asked(Postgres postgres, String question) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        postgres.jdbcUrl("postgres"), postgres.superuser(), postgres.password());
                var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static String asked(Redis redis, String command) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
        }
    }

    private static void createTopic(Kafka kafka) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void produce(Kafka kafka, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("kept", value)).get();
        }
    }

    private static List<String> consumed(Kafka kafka) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()), new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition("kept", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var values = new ArrayList<String>();
            await().until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return !values.isEmpty();
            });
            return values;
        }
    }
}
