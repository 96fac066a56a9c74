package dev.rookery.eventing.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.Lsn;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.RoomId;
import dev.rookery.eventing.contract.Topics;
import dev.rookery.eventing.delivery.emission.DeadLetters;
import dev.rookery.eventing.delivery.emission.Emission;
import dev.rookery.eventing.delivery.inbox.Confirmations;
import dev.rookery.eventing.delivery.inbox.Inbox;
import dev.rookery.eventing.delivery.inbox.Unemitted;
import dev.rookery.eventing.delivery.significant.SettingsLog;
import dev.rookery.eventing.delivery.significant.WatchedSettings;
import dev.rookery.eventing.stream.Entry;
import dev.rookery.eventing.stream.PlayerStreams;
import dev.rookery.eventing.stream.RoomMessage;
import dev.rookery.eventing.stream.RoomStreams;
import dev.rookery.eventing.stream.StreamMessage;
import dev.rookery.eventing.stream.StreamSettings;
import dev.rookery.knative.backing.Kafka;
import dev.rookery.knative.backing.Postgres;
import dev.rookery.knative.backing.PostgresReplica;
import dev.rookery.knative.backing.Redis;
import io.lettuce.core.AclCategory;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/// The probe function, running against PostgreSQL, Redis and Kafka of its own: one for all test classes that ask for
/// the same. Each test has players of its own.
final class ProbeFunction implements BeforeAllCallback {

    private static final ExtensionContext.Namespace ALL = ExtensionContext.Namespace.create(ProbeFunction.class);

    private static final ParameterizedTypeReference<Producer<String, byte[]>> PRODUCER =
            new ParameterizedTypeReference<>() {};

    private final boolean hasReplica;
    private Postgres postgres;
    private @Nullable PostgresReplica replica;
    private Redis redis;
    private Kafka kafka;
    private RedisClient redisClient;
    private PlayerStreams streams;
    private RoomStreams rooms;
    private ConfigurableApplicationContext application;
    private DSLContext superuser;

    ProbeFunction() {
        this(false);
    }

    private ProbeFunction(boolean hasReplica) {
        this.hasReplica = hasReplica;
    }

    /// One whose queries are read from a replica, for which they wait up to 2 s.
    static ProbeFunction withReplica() {
        return new ProbeFunction(true);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        var running = context.getRoot()
                .getStore(ALL)
                .computeIfAbsent(hasReplica, _ -> Running.start(hasReplica), Running.class);
        postgres = running.postgres();
        replica = running.replica();
        redis = running.redis();
        kafka = running.kafka();
        redisClient = running.redisClient();
        application = running.application();
        superuser = superuser(postgres);
        var connection = redisClient.connect();
        streams = new PlayerStreams(connection, StreamSettings.DEFAULT);
        rooms = new RoomStreams(connection, StreamSettings.DEFAULT);
    }

    URI url() {
        var port = application.getEnvironment().getRequiredProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /// The event of Knative's timer.
    HttpRequest.Builder ping() {
        return HttpRequest.newBuilder(url())
                .header("ce-specversion", "1.0")
                .header("ce-id", UUID.randomUUID().toString())
                .header("ce-source", "/apis/v1/namespaces/rookery/pingsources/probe-chores")
                .header("ce-type", "dev.knative.sources.ping")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
    }

    /// How often the application's own chore was run.
    int chores() {
        return application.getBean(ProbeApplication.CountedChore.class).runs().get();
    }

    /// One run of a sweep that may take so long.
    void sweep(Duration bound) {
        new Sweep(
                        superuser,
                        application.getBean(Unemitted.class),
                        application.getBean(Emission.class),
                        Duration.ofMinutes(1),
                        bound,
                        meters())
                .run();
    }

    /// One run that gives up what is parked, and may take so long.
    void giveUp(Duration bound) {
        new Abandoned(
                        superuser,
                        application.getBean(Inbox.class),
                        application.getBean(Emission.class),
                        application.getBean(Confirmations.class),
                        new DeadLetters(
                                application.getBeanProvider(PRODUCER).getObject(), "probe", Duration.ofSeconds(10)),
                        Duration.ofMinutes(10),
                        bound)
                .run();
    }

    /// From now on commands that threw for want of it are carried out.
    void mend() {
        application.getBean(ProbeApplication.Defect.class).isMended().set(true);
    }

    /// Hears what is published for a player.
    Ear listen(PlayerId player) {
        return new Ear(redisClient.connectPubSub(), player, position(player));
    }

    /// What a player has been told, from the beginning.
    List<Entry> history(PlayerId player) {
        var epoch = streams.open(player, null)
                .toCompletableFuture()
                .join()
                .position()
                .epoch();
        return streams.open(player, new Position(epoch, 0))
                .toCompletableFuture()
                .join()
                .missed();
    }

    /// What a room has been told, from the beginning.
    List<Entry> history(RoomId room) {
        var epoch =
                rooms.open(room, null).toCompletableFuture().join().position().epoch();
        return rooms.open(room, new Position(epoch, 0))
                .toCompletableFuture()
                .join()
                .missed();
    }

    boolean isGranted(RoomId room, PlayerId player) {
        return rooms.isGranted(room, player).toCompletableFuture().join();
    }

    void loseGrants(RoomId room) {
        try (var connection = redisClient.connect()) {
            connection.sync().del(RoomStreams.channel(room) + ":grants");
        }
    }

    /// Follows a room's channel, as gateways do.
    List<RoomMessage> follow(RoomId room) {
        var heard = new CopyOnWriteArrayList<RoomMessage>();
        var channel = redisClient.connectPubSub();
        channel.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String name, String message) {
                heard.add(RoomMessage.parse(message));
            }
        });
        channel.sync().subscribe(RoomStreams.channel(room));
        return heard;
    }

    int effects(String command, PlayerId player) {
        return superuser
                .fetchSingle(
                        "select count(*) from probe.effect where command = ? and source = ?", command, player.source())
                .get(0, Integer.class);
    }

    /// Whether a command's outcome is not known to be told.
    boolean isUnemitted(PlayerId player, String command) {
        return superuser.fetchExists(
                DSL.table("probe.unemitted"), DSL.condition("source = ? and id = ?", player.source(), command));
    }

    /// Lets a minute and more go by for a command's outcome.
    void letTheSweepsTimeCome(PlayerId player, String command) {
        superuser.execute(
                "update probe.unemitted set tried_at = tried_at - interval '61 s' where source = ? and id = ?",
                player.source(),
                command);
    }

    /// Lets ten minutes and more go by since a command last threw.
    void letItBeAbandoned(PlayerId player, String command) {
        superuser.execute(
                "update probe.failure set failed_at = failed_at - interval '601 s' where source = ? and id = ?",
                player.source(),
                command);
    }

    /// A command threw, at the same moment as others maybe.
    void park(PlayerId player, String command, String key) {
        superuser.execute("""
                insert into probe.failure (source, id, type, key, data, tries, reason, parked)
                values (?, ?, 'probe.act', ?, '', 1, 'threw', true)
                """, player.source(), command, key);
    }

    /// Another sweep is about to tell it.
    void whileAnotherSweeps(PlayerId player, String command, Runnable meanwhile) {
        superuser.transaction(transaction -> {
            transaction
                    .dsl()
                    .execute(
                            "select from probe.unemitted where source = ? and id = ? for update",
                            player.source(),
                            command);
            meanwhile.run();
        });
    }

    /// Another instance is about to give it up.
    void whileAnotherGivesUp(PlayerId player, String command, Runnable meanwhile) {
        superuser.transaction(transaction -> {
            transaction
                    .dsl()
                    .execute(
                            "select from probe.failure where source = ? and id = ? for update",
                            player.source(),
                            command);
            meanwhile.run();
        });
    }

    /// None of a player's outcomes is known to be told any more, and the sweep's time has come for all of them.
    void forgetThatTheyWereTold(PlayerId player) {
        superuser.execute(
                "insert into probe.unemitted (source, id, key, tried_at)"
                        + " select source, id, 'k', now() - interval '61 s' from probe.inbox where source = ?",
                player.source());
    }

    /// Outcomes of a player that are not known to be told.
    int unemitted(PlayerId player) {
        return superuser
                .fetchSingle("select count(*) from probe.unemitted where source = ?", player.source())
                .get(0, Integer.class);
    }

    /// Another run is about to tell all significant events.
    void whileAnotherReports(Runnable meanwhile) {
        superuser.transaction(transaction -> {
            transaction.dsl().execute("select from probe.significant_event for update");
            meanwhile.run();
        });
    }

    /// What was noted as told was not: the process ended before, or PostgreSQL did.
    void forgetThatItWasTold(PlayerId player, String command) {
        superuser.execute("insert into probe.unemitted (source, id, key) values (?, ?, 'k')", player.source(), command);
    }

    /// The pushes of a command as they stand in the inbox.
    String recordedPushes(PlayerId player, String command) {
        return superuser
                .fetchSingle("select pushes from probe.inbox where source = ? and id = ?", player.source(), command)
                .get(0, String.class);
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

    /// Nothing is appended to a stream, not even late.
    void whileRedisRefuses(Runnable meanwhile) {
        try (var connection = redisClient.connect()) {
            connection.sync().aclSetuser("default", AclSetuserArgs.Builder.removeCategory(AclCategory.SCRIPTING));
            try {
                meanwhile.run();
            } finally {
                connection.sync().aclSetuser("default", AclSetuserArgs.Builder.addCategory(AclCategory.SCRIPTING));
            }
        }
    }

    void whileKafkaIsStopped(Runnable meanwhile) {
        signalled(kafka.pid(), meanwhile);
    }

    void whilePostgresIsStopped(Runnable meanwhile) {
        postgres.stop();
        try {
            meanwhile.run();
        } finally {
            postgres.restart();
        }
    }

    /// Queries that were served so: see [dev.rookery.eventing.delivery.reads.Reads].
    double served(String how) {
        return meters().counter("rookery.reads", "served", how).count();
    }

    /// Queries that were served at all.
    double served() {
        return meters().find("rookery.reads").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    double replicaLagBytes() {
        return meters().get("rookery.replica.lag").gauge().value();
    }

    private MeterRegistry meters() {
        return application.getBean(MeterRegistry.class);
    }

    void whileReplayIsPaused(Runnable meanwhile) {
        var there = onReplica();
        there.execute("select pg_wal_replay_pause()");
        await().until(() -> there.fetchSingle("select pg_get_wal_replay_pause_state()")
                .get(0, String.class)
                .equals("paused"));
        try {
            meanwhile.run();
        } finally {
            there.execute("select pg_wal_replay_resume()");
        }
    }

    void whileTheReplicaIsKilled(Runnable meanwhile) {
        var killed = replica();
        ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
        killed.onExit().join();
        try {
            meanwhile.run();
        } finally {
            killed.restart();
        }
    }

    /// All of its processes: the sessions are of their own.
    void whileTheReplicaIsHalted(Runnable meanwhile) {
        var server = ProcessHandle.of(replica().pid()).orElseThrow();
        var all = Stream.concat(Stream.of(server), server.descendants())
                .map(ProcessHandle::pid)
                .toList();
        all.forEach(pid -> signal("STOP", pid));
        try {
            meanwhile.run();
        } finally {
            all.forEach(pid -> signal("CONT", pid));
        }
    }

    String replicaClock() {
        return onReplica().fetchSingle("select clock_timestamp()::text").get(0, String.class);
    }

    /// Whether the function has asked the replica how far it is.
    boolean howFarWasAskedSince(String since) {
        return onReplica()
                .fetchSingle(
                        "select exists (select from pg_stat_activity where usename = 'probe' and query_start > ?::timestamptz"
                                + " and query like '%pg_last_wal_replay_lsn%')",
                        since)
                .get(0, Boolean.class);
    }

    private DSLContext onReplica() {
        return DSL.using(
                new DriverManagerDataSource(replica().jdbcUrl("postgres"), postgres.superuser(), postgres.password()),
                SQLDialect.POSTGRES);
    }

    /// Until the replica has what was committed there.
    void awaitReplay(Lsn committed) {
        await().until(() -> {
            var replayed = onReplica()
                    .fetchSingle("select pg_last_wal_replay_lsn()::text")
                    .get(0, String.class);
            return Lsn.ofPostgres(replayed).compareTo(committed) >= 0;
        });
    }

    private PostgresReplica replica() {
        return Objects.requireNonNull(replica);
    }

    /// The headers of a fact on the function's topic.
    Map<String, String> fact(String id) {
        return record(Topics.facts("probe"), id);
    }

    /// The headers of a dead letter.
    Map<String, String> deadLetter(String id) {
        return record(Topics.DEAD_LETTERS, id);
    }

    /// Whether there is a dead letter of a command by now.
    boolean isDeadLetter(String id) {
        return records(Topics.DEAD_LETTERS).stream()
                .anyMatch(record -> Told.header(record, "ce_id").equals(id));
    }

    /// What regulators have been told so far, in that order: the events' data by their ids.
    List<Told> significant() {
        return records(Topics.SIGNIFICANT).stream().map(Told::of).toList();
    }

    /// Of one type and key.
    List<Told> significant(String type, String key) {
        return significant().stream()
                .filter(told -> told.type().equals(type) && told.key().equals(key))
                .toList();
    }

    /// What a pod that starts with one setting does before it is ready.
    void startWith(String setting, String value) {
        new SettingsLog(application.getBean(DSLContext.class), JsonMapper.shared(), InstantSource.system(), "probe")
                .record(List.of(new WatchedSettings(Map.of(setting, value))));
    }

    /// By another pod, which has not committed yet.
    void whileSettingsAreRecorded(Runnable meanwhile) {
        superuser.transaction(transaction -> {
            transaction.dsl().execute("select pg_advisory_xact_lock(hashtext('probe watched_settings'))");
            meanwhile.run();
        });
    }

    /// All that a topic has by now; it has one partition.
    private List<ConsumerRecord<String, String>> records(String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()), new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(partition)).get(partition));
            var records = new ArrayList<ConsumerRecord<String, String>>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    private Map<String, String> record(String topic, String id) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "group.id", id, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
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

    private static DSLContext superuser(Postgres postgres) {
        var connections = new DriverManagerDataSource(
                postgres.jdbcUrl("postgres") + "?currentSchema=probe", postgres.superuser(), postgres.password());
        return DSL.using(connections, SQLDialect.POSTGRES);
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

    /// Ended after the last test class.
    private record Running(
            Postgres postgres,
            @Nullable PostgresReplica replica,
            Redis redis,
            Kafka kafka,
            RedisClient redisClient,
            ConfigurableApplicationContext application)
            implements AutoCloseable {

        static Running start(boolean hasReplica) {
            var postgres = Postgres.startEphemeral();
            var redis = Redis.startEphemeral();
            var kafka = Kafka.startEphemeral();
            var replica = hasReplica ? PostgresReplica.startEphemeral(postgres) : null;
            createSchema(superuser(postgres));
            createTopics(kafka);
            var redisClient = RedisClient.create(RedisURI.create(redis.url()));
            return new Running(
                    postgres, replica, redis, kafka, redisClient, application(postgres, replica, redis, kafka));
        }

        @Override
        public void close() {
            application.close();
            redisClient.shutdown();
            kafka.close();
            redis.close();
            if (replica != null) {
                replica.close();
            }
            postgres.close();
        }

        private static ConfigurableApplicationContext application(
                Postgres postgres, @Nullable PostgresReplica replica, Redis redis, Kafka kafka) {
            return SpringApplication.run(
                    ProbeApplication.class,
                    "--PORT=0",
                    "--MANAGEMENT_SERVER_PORT=0",
                    "--server.address=127.0.0.1",
                    "--management.server.address=127.0.0.1",
                    "--rookery.emission-timeout=1s",
                    "--rookery.chores-every=1h",
                    "--spring.datasource.hikari.connection-timeout=1000",
                    "--spring.datasource.hikari.validation-timeout=500",
                    "--ROOKERY_CATALOG_DIRECTORY=" + catalog(),
                    "--ROOKERY_KAFKA_BOOTSTRAP=" + kafka.bootstrap(),
                    "--ROOKERY_REDIS_URL=" + redis.url(),
                    "--ROOKERY_POSTGRES_URL=" + postgres.jdbcUrl("postgres"),
                    "--ROOKERY_REPLICA_URL=" + (replica == null ? "" : replica.jdbcUrl("postgres")),
                    "--rookery.replica.max-wait=2s",
                    "--ROOKERY_POSTGRES_USER=probe",
                    "--ROOKERY_POSTGRES_PASSWORD=probe",
                    "--ROOKERY_POSTGRES_OWNER_USER=probe_owner",
                    "--ROOKERY_POSTGRES_OWNER_PASSWORD=probe");
        }

        private static Path catalog() {
            try {
                var probe = Objects.requireNonNull(ProbeFunction.class.getResource("/catalog/probe.json"));
                return Objects.requireNonNull(Path.of(probe.toURI()).getParent());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void createSchema(DSLContext superuser) {
            superuser.execute("create role probe_owner login password 'probe'");
            superuser.execute("create role probe login password 'probe'");
            superuser.execute("create schema probe authorization probe_owner");
        }

        private static void createTopics(Kafka kafka) {
            try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
                admin.createTopics(Stream.of(Topics.facts("probe"), Topics.SIGNIFICANT, Topics.DEAD_LETTERS)
                                .map(topic -> new NewTopic(topic, 1, (short) 1))
                                .toList())
                        .all()
                        .get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /// A significant event as it is told.
    ///
    /// @param data JSON
    record Told(String id, String type, String key, String data) {

        static Told of(ConsumerRecord<String, String> record) {
            return new Told(header(record, "ce_id"), header(record, "ce_type"), record.key(), record.value());
        }

        private static String header(ConsumerRecord<String, String> record, String name) {
            return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
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
                var message = heard.poll(60, TimeUnit.SECONDS);
                assertThat(message).as("a message within 60 s").isNotNull();
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
