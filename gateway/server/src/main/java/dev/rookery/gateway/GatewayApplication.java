package dev.rookery.gateway;

import dev.rookery.eventing.catalog.CatalogFolder;
import dev.rookery.eventing.contract.Catalog;
import dev.rookery.eventing.contract.Lane;
import dev.rookery.eventing.stream.PlayerStreams;
import dev.rookery.eventing.stream.StreamSettings;
import dev.rookery.gateway.egress.PlayerFeed;
import dev.rookery.gateway.ingress.Broker;
import dev.rookery.gateway.ingress.Intake;
import dev.rookery.gateway.ingress.Spans;
import dev.rookery.gateway.session.FrameHandler;
import dev.rookery.gateway.session.GatewayMeters;
import dev.rookery.gateway.session.Heartbeat;
import dev.rookery.gateway.session.Players;
import dev.rookery.gateway.session.SessionSettings;
import dev.rookery.gateway.token.DevTokens;
import dev.rookery.gateway.token.TokenSettings;
import dev.rookery.gateway.token.TokenVerifier;
import dev.rookery.gateway.transport.GatewayServer;
import dev.rookery.gateway.transport.RequestHandler;
import dev.rookery.gateway.transport.TransportSettings;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/// The gateway as a process. Boot's own web server has the management port; players speak to [GatewayServer].
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({
    GatewaySettings.class,
    SessionSettings.class,
    TokenSettings.class,
    TransportSettings.class
})
public class GatewayApplication {

    private static final int VERIFYING_THREADS = 4;
    private static final int VERIFYING_QUEUE = 10_000;

    public static void main(String[] arguments) {
        SpringApplication.run(GatewayApplication.class, arguments);
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    Catalog catalog(GatewaySettings settings) {
        return CatalogFolder.read(Path.of(settings.catalog()));
    }

    /// Traces leave the process only when the operator says where to.
    @Bean
    @ConditionalOnProperty("otel.exporter.otlp.endpoint")
    SpanExporter spanExporter(@Value("${otel.exporter.otlp.endpoint}") String endpoint) {
        return OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint + "/v1/traces")
                .build();
    }

    @Bean
    Spans spans(OpenTelemetry telemetry) {
        return new Spans(telemetry);
    }

    @Bean(destroyMethod = "shutdown")
    RedisClient redisClient(GatewaySettings settings, SessionSettings session) {
        var client = RedisClient.create(RedisURI.create(settings.redis()));
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(session.redisTimeout()))
                .build());
        return client;
    }

    @Bean(destroyMethod = "close")
    StatefulRedisConnection<String, String> redis(RedisClient client) {
        return client.connect();
    }

    @Bean(destroyMethod = "close")
    StatefulRedisPubSubConnection<String, String> redisChannels(RedisClient client) {
        return client.connectPubSub();
    }

    @Bean
    Broker broker(GatewaySettings settings, Catalog catalog, Spans spans) {
        var topics = catalog.entries().values().stream()
                .filter(entry -> entry.lane() != Lane.CAST)
                .map(Catalog.Entry::topic)
                .distinct()
                .toList();
        var broker = new Broker(settings.kafka(), topics, settings.kafkaConfirm(), spans);
        Thread.ofVirtual().name("topics").start(broker::awaitTopics);
        return broker;
    }

    /// The server stops them as it stops; this is for the case that it never started.
    @Bean(destroyMethod = "shutdownGracefully")
    EventLoopGroup loops() {
        return GatewayServer.loops();
    }

    @Bean
    Players players(
            EventLoopGroup loops,
            SessionSettings settings,
            Catalog catalog,
            Broker broker,
            StatefulRedisConnection<String, String> redis,
            StatefulRedisPubSubConnection<String, String> redisChannels,
            Spans spans,
            MeterRegistry meters,
            InstantSource clock) {
        return new Players(
                loops,
                settings,
                new Intake(catalog),
                broker,
                new PlayerFeed(redisChannels),
                new PlayerStreams(redis, StreamSettings.DEFAULT),
                spans,
                new GatewayMeters(meters),
                clock);
    }

    @Bean
    ExecutorService verifying() {
        return new ThreadPoolExecutor(
                VERIFYING_THREADS,
                VERIFYING_THREADS,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(VERIFYING_QUEUE),
                Thread.ofPlatform().name("verifying-", 0).daemon().factory());
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    GatewayServer server(
            TransportSettings transport,
            SessionSettings session,
            TokenSettings token,
            EventLoopGroup loops,
            Players players,
            ExecutorService verifying,
            InstantSource clock) {
        var verifier = TokenVerifier.of(token, clock);
        var secret = token.secret();
        var devTokens = token.dev() && secret != null ? new DevTokens(secret, token.devLifetime(), clock) : null;
        int maxFrameBytes = Math.toIntExact(session.maxFrameSize().toBytes());
        return new GatewayServer(
                transport,
                loops,
                () -> new RequestHandler(
                        transport.requestTimeout(),
                        maxFrameBytes,
                        () -> List.<ChannelHandler>of(
                                new Heartbeat(session.heartbeat()), new FrameHandler(players, verifier, verifying)),
                        devTokens),
                Math.toIntExact(session.maxUnsent().toBytes()));
    }

    @Bean
    HealthIndicator gateway(GatewayServer server, Broker broker) {
        return new Readiness(server, broker);
    }
}
