package dev.rookery.eventing.delivery;

import com.zaxxer.hikari.HikariDataSource;
import dev.rookery.eventing.catalog.CatalogFolder;
import dev.rookery.eventing.delivery.emission.Emission;
import dev.rookery.eventing.delivery.inbox.Failures;
import dev.rookery.eventing.delivery.inbox.Inbox;
import dev.rookery.eventing.delivery.inbox.Migrations;
import dev.rookery.eventing.delivery.inbox.OutcomeWriter;
import dev.rookery.eventing.stream.PlayerStreams;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
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
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/// Everything a function application needs besides its own beans: it imports this, and sets what
/// [DeliverySettings] and [OwnerSettings] name.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DeliverySettings.class, OwnerSettings.class})
public class DeliveryConfiguration {

    private static final Duration THREAD_IDLE = Duration.ofSeconds(30);

    /// Connections of the application's role, handed out only after the owner's role has brought the schema up to
    /// date.
    @Bean
    DSLContext db(DataSource connections, OwnerSettings owner, DeliverySettings settings, OpenTelemetry telemetry) {
        try (var ownerConnections = new HikariDataSource()) {
            ownerConnections.setJdbcUrl(owner.url());
            ownerConnections.setUsername(owner.user());
            ownerConnections.setPassword(owner.password());
            ownerConnections.setMaximumPoolSize(2);
            Migrations.run(ownerConnections, settings.function());
        }
        var configuration = new DefaultConfiguration();
        configuration.setDataSource(connections);
        configuration.setSQLDialect(SQLDialect.POSTGRES);
        configuration.setExecuteListener(new StatementSpans(tracer(telemetry)));
        return DSL.using(configuration);
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    Inbox inbox(JsonMapper json, InstantSource clock) {
        return new Inbox(new OutcomeWriter(json, clock, UUID::randomUUID));
    }

    /// Traces leave the process only when the operator says where to.
    @Bean
    @ConditionalOnProperty("otel.exporter.otlp.endpoint")
    SpanExporter spanExporter(@Value("${otel.exporter.otlp.endpoint}") String endpoint) {
        return OtlpHttpSpanExporter.builder()
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
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        settings.kafka(),
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        bound,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        bound,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        bound),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @Bean
    Emission emission(
            StatefulRedisConnection<String, String> redis,
            Producer<String, byte[]> producer,
            OpenTelemetry telemetry,
            DeliverySettings settings) {
        return new Emission(
                new PlayerStreams(redis, StreamSettings.DEFAULT),
                producer,
                tracer(telemetry),
                settings.function(),
                settings.emissionTimeout());
    }

    /// As many as deliveries may run; they end when they are idle. Why not virtual ones: see the module's README.
    @Bean(destroyMethod = "dispose")
    Scheduler deliveryThreads(DeliverySettings settings) {
        var threads = new ThreadPoolExecutor(
                settings.maxConcurrent(),
                settings.maxConcurrent(),
                THREAD_IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(settings.maxConcurrent()),
                Thread.ofPlatform().name("delivery-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
        return Schedulers.fromExecutorService(threads, "delivery");
    }

    @Bean
    RouterFunction<ServerResponse> deliveryRoutes(
            FunctionCatalog beans,
            DSLContext db,
            Inbox inbox,
            Emission emission,
            JsonMapper json,
            InstantSource clock,
            MeterRegistry meters,
            OpenTelemetry telemetry,
            Scheduler deliveryThreads,
            DeliverySettings settings) {
        var handlers = Handlers.of(settings.function(), CatalogFolder.read(Path.of(settings.catalog())), beans);
        var commands = new CommandLane(db, inbox, new Failures(db), emission, json, settings.maxTries());
        var queries = new QueryLane(emission, json, clock, settings.queryTimeout());
        var deliveries = new Deliveries(handlers, commands, queries, clock, meters);
        return new DeliveryEndpoint(
                        deliveries, telemetry, deliveryThreads, settings.function(), settings.maxConcurrent())
                .routes();
    }

    private static Tracer tracer(OpenTelemetry telemetry) {
        return telemetry.getTracer("dev.rookery.eventing.delivery");
    }
}
