package dev.rookery.eventing.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Topics;
import dev.rookery.eventing.stream.PlayerStreams;
import dev.rookery.eventing.stream.StreamMessage;
import dev.rookery.eventing.stream.StreamSettings;
import dev.rookery.knative.backing.Kafka;
import dev.rookery.knative.backing.Postgres;
import dev.rookery.knative.backing.Redis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// The probe function, running against its own PostgreSQL, Redis and Kafka for one test class.
final class ProbeFunction implements BeforeAllCallback, AfterAllCallback {

    private Postgres postgres;
    private Redis redis;
    private Kafka kafka;
    private RedisClient redisClient;
    private PlayerStreams streams;
    private ConfigurableApplicationContext application;
    private DSLContext superuser;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        postgres = Postgres.startEphemeral();
        redis = Redis.startEphemeral();
        kafka = Kafka.startEphemeral();
        createSchema();
        createTopic();
        redisClient = RedisClient.create(RedisURI.create(redis.url()));
        streams = new PlayerStreams(redisClient.connect(), StreamSettings.DEFAULT);
        application = start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        application.close();
        redisClient.shutdown();
        kafka.close();
        redis.close();
        postgres.close();
    }

    URI url() {
        var port = application.getEnvironment().getRequiredProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /// Hears what is published for a player.
    Ear listen(PlayerId player) {
        return new Ear(redisClient.connectPubSub(), player, position(player));
    }

    int effects(String command, PlayerId player) {
        return superuser
                .fetchSingle(
                        "select count(*) from probe.effect where command = ? and source = ?", command, player.source())
                .get(0, Integer.class);
    }

    String failure(PlayerId player, String command) {
        var data = superuser
                .fetchSingle("select data from probe.failure where source = ? and id = ?", player.source(), command)
                .get(0, byte[].class);
        return new String(data, StandardCharsets.UTF_8);
    }

    /// What PostgreSQL says to a superuser who tries.
    String refusalOf(String statement) {
        try {
            superuser.execute(statement);
            return "nothing";
        } catch (DataAccessException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    int waitingForALock() {
        return superuser
                .fetchSingle("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                .get(0, Integer.class);
    }

    void whileThePlayerIsLocked(PlayerId player, Runnable meanwhile) {
        superuser.transaction(transaction -> {
            transaction.dsl().execute("select pg_advisory_xact_lock(hashtext(?))", player.value());
            meanwhile.run();
        });
    }

    /// Another delivery of the same id, with other content, that has not committed yet.
    void whileTheInboxIsTaken(PlayerId player, String id, Runnable meanwhile) {
        superuser.transaction(transaction -> {
            transaction.dsl().execute("""
                            insert into probe.inbox (source, id, fingerprint, type, ending, event_id, event, facts)
                            values (?, ?, 'another', 'probe.act', 'done', 'e', '{}', '[]')
                            """, player.source(), id);
            meanwhile.run();
        });
    }

    void whileRedisIsStopped(Runnable meanwhile) {
        signalled(redis.pid(), meanwhile);
    }

    void whilePostgresIsStopped(Runnable meanwhile) {
        postgres.stop();
        try {
            meanwhile.run();
        } finally {
            postgres.restart();
        }
    }

    /// The headers of a fact on the function's topic.
    Map<String, String> fact(String id) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "group.id", id, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(Topics.facts("probe")));
            var headers = new HashMap<String, String>();
            await().until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    var found = new HashMap<String, String>();
                    record.headers().forEach(h -> found.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
                    if (id.equals(found.get("ce_id"))) {
                        headers.putAll(found);
                    }
                });
                return !headers.isEmpty();
            });
            return headers;
        }
    }

    private String position(PlayerId player) {
        return streams.open(player, null)
                .toCompletableFuture()
                .join()
                .position()
                .toString();
    }

    private ConfigurableApplicationContext start() throws Exception {
        var catalog = Path.of(
                        ProbeFunction.class.getResource("/catalog/probe.json").toURI())
                .getParent();
        return SpringApplication.run(
                ProbeApplication.class,
                "--PORT=0",
                "--MANAGEMENT_SERVER_PORT=0",
                "--server.address=127.0.0.1",
                "--management.server.address=127.0.0.1",
                "--rookery.emission-timeout=1s",
                "--spring.datasource.hikari.connection-timeout=1000",
                "--spring.datasource.hikari.validation-timeout=500",
                "--ROOKERY_CATALOG_DIRECTORY=" + catalog,
                "--ROOKERY_KAFKA_BOOTSTRAP=" + kafka.bootstrap(),
                "--ROOKERY_REDIS_URL=" + redis.url(),
                "--ROOKERY_POSTGRES_URL=" + postgres.jdbcUrl("postgres"),
                "--ROOKERY_POSTGRES_USER=probe",
                "--ROOKERY_POSTGRES_PASSWORD=probe",
                "--ROOKERY_POSTGRES_OWNER_USER=probe_owner",
                "--ROOKERY_POSTGRES_OWNER_PASSWORD=probe");
    }

    private void createSchema() {
        var connections =
                new DriverManagerDataSource(postgres.jdbcUrl("postgres"), postgres.superuser(), postgres.password());
        superuser = DSL.using(connections, SQLDialect.POSTGRES);
        superuser.execute("create role probe_owner login password 'probe'");
        superuser.execute("create role probe login password 'probe'");
        superuser.execute("create schema probe authorization probe_owner");
    }

    private void createTopic() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(Topics.facts("probe"), 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void signalled(long pid, Runnable meanwhile) {
        signal("STOP", pid);
        try {
            meanwhile.run();
        } finally {
            signal("CONT", pid);
        }
    }

    private static void signal(String signal, long pid) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .start()
                    .waitFor();
            assertThat(code).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Listens on a player's channel.
    static final class Ear implements AutoCloseable {

        private final StatefulRedisPubSubConnection<String, String> channel;
        private final String position;
        private final BlockingQueue<StreamMessage> heard = new LinkedBlockingQueue<>();

        Ear(StatefulRedisPubSubConnection<String, String> channel, PlayerId player, String position) {
            this.channel = channel;
            this.position = position;
            channel.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String name, String message) {
                    heard.add(StreamMessage.parse(message));
                }
            });
            channel.sync().subscribe(PlayerStreams.channel(player));
        }

        /// Where the player's stream was when listening began.
        String position() {
            return position;
        }

        StreamMessage next() {
            try {
                var message = heard.poll(10, TimeUnit.SECONDS);
                assertThat(message).as("a message within 10 s").isNotNull();
                return message;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /// Nothing more was published: a round trip on the same connection is answered after all that came
        /// before.
        void assertSilent() {
            channel.sync().ping();
            assertThat(heard).isEmpty();
        }

        @Override
        public void close() {
            channel.close();
        }
    }
}
