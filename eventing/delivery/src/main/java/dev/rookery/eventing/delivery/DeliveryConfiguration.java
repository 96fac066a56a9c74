package dev.rookery.eventing.delivery;

import dev.rookery.eventing.catalog.CatalogFolder;
import dev.rookery.eventing.contract.Catalog;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.delivery.batch.BatchSettings;
import dev.rookery.eventing.delivery.batch.Batching;
import dev.rookery.eventing.delivery.emission.DeadLetters;
import dev.rookery.eventing.delivery.emission.Emission;
import dev.rookery.eventing.delivery.emission.OwnCommands;
import dev.rookery.eventing.delivery.emission.SignificantTopic;
import dev.rookery.eventing.delivery.inbox.Confirmations;
import dev.rookery.eventing.delivery.inbox.Failures;
import dev.rookery.eventing.delivery.inbox.Faults;
import dev.rookery.eventing.delivery.inbox.Inbox;
import dev.rookery.eventing.delivery.inbox.OutcomeWriter;
import dev.rookery.eventing.delivery.inbox.Unemitted;
import dev.rookery.eventing.delivery.reads.LogEnd;
import dev.rookery.eventing.delivery.reads.Login;
import dev.rookery.eventing.delivery.reads.Reads;
import dev.rookery.eventing.delivery.reads.ReplicaSettings;
import dev.rookery.eventing.delivery.significant.SettingsLog;
import dev.rookery.eventing.delivery.significant.WatchedSettings;
import dev.rookery.eventing.stream.PlayerStreams;
import dev.rookery.eventing.stream.RoomStreams;
import dev.rookery.eventing.stream.StreamSettings;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/// Everything a function application needs besides its own beans: it imports this, and sets what
/// [DeliverySettings], [BatchSettings], [OwnerSettings], [ReplicaSettings] and [StreamSettings] name.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    DeliverySettings.class,
    BatchSettings.class,
    OwnerSettings.class,
    ReplicaSettings.class,
    StreamSettings.class
})
public class DeliveryConfiguration {

    private static final Duration THREAD_IDLE = Duration.ofSeconds(30);
    /// For queries that the primary answers.
    private static final Duration PRIMARY_TIMEOUT = Duration.ofSeconds(5);

    /// Connections of the application's role, handed out only after the owner's role has brought the schema up to
    /// date, unless that was done before.
    @Bean
    DSLContext db(DataSource source, OwnerSettings owner, DeliverySettings settings, OpenTelemetry telemetry)
            throws SQLException {
        if (owner.migrate() != OwnerSettings.Migrate.NEVER) {
            new Schemas(settings.schemas()).migrate(owner);
        }
        var configuration = new DefaultConfiguration();
        configuration.setDataSource(source);
        configuration.setSQLDialect(SQLDialect.POSTGRES);
        configuration.setExecuteListener(new StatementSpans(tracer(telemetry)));
        return DSL.using(configuration);
    }

    /// What functions that take queries read through; of no use to others.
    @Bean
    Reads reads(
            DataSourceProperties primary,
            ReplicaSettings replica,
            DeliverySettings settings,
            OpenTelemetry telemetry,
            MeterRegistry meters) {
        var login = new Login(
                primary.determineUsername(),
                primary.determinePassword(),
                settings.schemas(),
                new StatementSpans(tracer(telemetry)));
        return Reads.open(
                primary.determineUrl(),
                login,
                PRIMARY_TIMEOUT,
                replica,
                thrown -> Faults.of(thrown) != Faults.DEFECT,
                meters);
    }

    @Bean
    Catalog catalog(DeliverySettings settings) {
        return CatalogFolder.read(Path.of(settings.catalog()));
    }

    /// @param offsets folder of drills, where a file with the function's name moves its clock; none where money is real
    @Bean
    InstantSource clock(@Value("${rookery.clock.offsets:}") String offsets, DeliverySettings settings) {
        return offsets.isEmpty()
                ? InstantSource.system()
                : new DrilledClock(Path.of(offsets).resolve(settings.function()));
    }

    @Bean
    Inbox inbox(JsonMapper json, InstantSource clock) {
        return new Inbox(new OutcomeWriter(json, clock, UUID::randomUUID));
    }

    /// For functions whose commands commit together.
    @Bean
    Batching batching(
            DSLContext db,
            Inbox inbox,
            BatchSettings settings,
            DeliverySettings delivery,
            OpenTelemetry telemetry,
            MeterRegistry meters) {
        return new Batching(db, inbox, settings, delivery.maxConcurrent(), telemetry, meters);
    }

    @Bean
    Unemitted unemitted(Inbox inbox) {
        return new Unemitted(inbox);
    }

    @Bean(destroyMethod = "close")
    Confirmations confirmations(DSLContext db, Unemitted unemitted) {
        return new Confirmations(db, unemitted);
    }

    /// For functions whose chores find something to do.
    @Bean
    OwnCommands ownCommands(Producer<String, byte[]> producer, JsonMapper json, DeliverySettings settings) {
        return new OwnCommands(producer, json, settings.function(), settings.emissionTimeout());
    }

    @Bean
    Chore sweep(
            DSLContext db, Unemitted unemitted, Emission emission, DeliverySettings settings, MeterRegistry meters) {
        return new Sweep(db, unemitted, emission, settings.sweepAfter(), Sweep.BOUND, meters);
    }

    @Bean
    Chore abandoned(
            DSLContext db,
            Inbox inbox,
            Emission emission,
            Confirmations confirmations,
            Producer<String, byte[]> producer,
            DeliverySettings settings) {
        return new Abandoned(
                db,
                inbox,
                emission,
                confirmations,
                new DeadLetters(producer, settings.function(), settings.emissionTimeout()),
                settings.parkedFor(),
                Abandoned.BOUND);
    }

    @Bean
    Chore reporting(DSLContext db, Producer<String, byte[]> producer, DeliverySettings settings) {
        return new Reporting(db, new SignificantTopic(producer, settings.function(), settings.emissionTimeout()));
    }

    /// Before the function is ready: what it decides, it decides by settings that are recorded.
    @Bean
    ApplicationRunner watchSettings(
            DSLContext db,
            JsonMapper json,
            InstantSource clock,
            ObjectProvider<WatchedSettings> watched,
            DeliverySettings settings) {
        var log = new SettingsLog(db, json, clock, settings.function());
        return _ -> log.record(watched.stream().toList());
    }

    /// Traces leave the process only when the operator says where to; the bean is there always, because beans are
    /// settled when the function is built.
    @Bean
    SpanExporter spanExporter(@Value("${otel.exporter.otlp.endpoint:}") String endpoint) {
        return endpoint.isEmpty()
                ? SpanExporter.composite()
                : OtlpHttpSpanExporter.builder()
                        .setEndpoint(endpoint + "/v1/traces")
                        .build();
    }

    @Bean(destroyMethod = "shutdown")
    RedisClient redisClient(DeliverySettings settings) {
        var client = RedisClient.create(RedisURI.create(settings.redis()));
        client.setOptions(ClientOptions.builder()
                // Queued commands would time out anyway: the delivery comes again when Redis is back.
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .build());
        return client;
    }

    @Bean(destroyMethod = "close")
    StatefulRedisConnection<String, String> redis(RedisClient client) {
        return client.connect();
    }

    @Bean(destroyMethod = "close")
    Producer<String, byte[]> producer(DeliverySettings settings) {
        int bound = Math.toIntExact(settings.emissionTimeout().toMillis());
        settings.kafka().signIn(settings.emissionTimeout());
        var access = settings.kafka().settings();
        access.put(ProducerConfig.ACKS_CONFIG, "all");
        access.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        access.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        access.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, bound);
        access.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, bound);
        access.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, bound);
        return new KafkaProducer<>(access, new StringSerializer(), new ByteArraySerializer());
    }

    @Bean
    Emission emission(
            StatefulRedisConnection<String, String> redis,
            Producer<String, byte[]> producer,
            OpenTelemetry telemetry,
            StreamSettings streams,
            DeliverySettings settings,
            Catalog catalog,
            DSLContext db,
            ReplicaSettings replica) {
        var logEnd = new LogEnd(db);
        return new Emission(
                new PlayerStreams(redis, streams),
                new RoomStreams(redis, streams),
                producer,
                tracer(telemetry),
                settings.function(),
                significant(catalog, settings.function()),
                settings.emissionTimeout(),
                // Without a replica nobody has to wait for it.
                () -> replica.isSet() ? Optional.of(logEnd.now()) : Optional.empty());
    }

    /// What the catalog lists, and commands that failed.
    private static Set<EventType> significant(Catalog catalog, String function) {
        var types = new HashSet<>(catalog.significant().keySet());
        types.add(new EventType(function + ".failed"));
        return types;
    }

    /// As many as deliveries may run; they end when they are idle. Why not virtual ones: see the module's README.
    @Bean(destroyMethod = "shutdown")
    ExecutorService deliveryThreads(DeliverySettings settings) {
        var threads = new ThreadPoolExecutor(
                settings.maxConcurrent(),
                settings.maxConcurrent(),
                THREAD_IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(settings.maxConcurrent()),
                Thread.ofPlatform().name("delivery-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @Bean
    Chores chores(ObjectProvider<Chore> chores, MeterRegistry meters) {
        return new Chores(chores.orderedStream().toList(), meters);
    }

    @Bean
    AwakeChores awakeChores(Chores chores, DeliverySettings settings) {
        return new AwakeChores(chores, settings.choresEvery());
    }

    @Bean(destroyMethod = "close")
    Watchdog watchdog(DeliverySettings settings) {
        return new Watchdog(
                settings.deliveryTimeout(), () -> Runtime.getRuntime().halt(Watchdog.CODE));
    }

    @Bean
    RouterFunction<ServerResponse> deliveryRoutes(
            FunctionCatalog beans,
            Catalog catalog,
            DSLContext db,
            Inbox inbox,
            Emission emission,
            Confirmations confirmations,
            JsonMapper json,
            Chores chores,
            Watchdog watchdog,
            InstantSource clock,
            MeterRegistry meters,
            OpenTelemetry telemetry,
            ExecutorService deliveryThreads,
            DeliverySettings settings) {
        var handlers = Handlers.of(settings.function(), catalog, beans);
        var commands = new CommandLane(db, inbox, new Failures(db), emission, confirmations, json, settings.maxTries());
        var queries = new QueryLane(emission, json, clock, settings.queryTimeout());
        var deliveries = new Deliveries(handlers, commands, queries, chores, watchdog, clock, meters);
        return new DeliveryEndpoint(
                        deliveries, telemetry, deliveryThreads, settings.function(), settings.maxConcurrent())
                .routes();
    }

    private static Tracer tracer(OpenTelemetry telemetry) {
        return telemetry.getTracer("dev.rookery.eventing.delivery");
    }
}
