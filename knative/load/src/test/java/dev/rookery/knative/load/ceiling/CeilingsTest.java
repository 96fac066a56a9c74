package dev.rookery.knative.load.ceiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.knative.backing.Kafka;
import dev.rookery.knative.backing.Postgres;
import dev.rookery.knative.backing.Redis;
import dev.rookery.knative.local.RunningPlatform;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against the real servers: what is measured there, and that nothing of it stays.
class CeilingsTest {

    private static final String COMMANDS = "rookery.wallet.commands";

    @TempDir
    Path folder;

    @Test
    void everyServerIsMeasuredAndLeftAsItWas() throws Exception {
        try (var postgres = Postgres.start(folder.resolve("postgres"), 0);
                var kafka = Kafka.start(folder.resolve("kafka"), 0);
                var redis = Redis.start(folder.resolve("redis"), 0);
                var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(COMMANDS, 4, (short) 1)))
                    .all()
                    .get();
            var progress = new ArrayList<String>();

            var ceilings = Ceilings.measure(platform(postgres, kafka, redis), Duration.ofMillis(200), progress::add);

            assertThat(ceilings.all())
                    .allSatisfy(ceiling -> assertThat(ceiling.speed().perSecond())
                            .as(ceiling.what())
                            .isPositive())
                    .extracting(Ceiling::atOnce)
                    .containsExactly(1, 16, 1, 256, 1, 16);
            assertThat(ceilings.sumMicros()).isPositive();
            assertThat(progress).containsExactly("ceilings: PostgreSQL", "ceilings: Kafka", "ceilings: Redis");
            assertThat(schemas(postgres)).isZero();
            await().until(() -> admin.listTopics().names().get().equals(Set.of(COMMANDS)));
        }
    }

    private RunningPlatform platform(Postgres postgres, Kafka kafka, Redis redis) {
        return new RunningPlatform(
                1,
                Instant.EPOCH,
                List.of(1),
                folder,
                "",
                kafka.bootstrap(),
                redis.url(),
                new RunningPlatform.Postgres(
                        postgres.jdbcUrl("postgres"),
                        postgres.superuser(),
                        folder.resolve("postgres").resolve("password")),
                List.of());
    }

    private static int schemas(Postgres postgres) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        postgres.jdbcUrl("postgres"), postgres.superuser(), postgres.password());
                var statement = connection.createStatement();
                var answer = statement.executeQuery(
                        "select count(*) from information_schema.schemata where schema_name like 'bench%'")) {
            answer.next();
            return answer.getInt(1);
        }
    }
}
