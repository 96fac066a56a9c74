package dev.rookery.gateway;

import com.redis.om.spring.annotations.EnableRedisEnhancedRepositories;
import dev.rookery.eventing.catalog.CatalogFolder;
import dev.rookery.eventing.contract.Catalog;
import dev.rookery.eventing.contract.Lane;
import dev.rookery.eventing.stream.PlayerStreams;
import dev.rookery.eventing.stream.RoomStreams;
import dev.rookery.eventing.stream.StreamSettings;
import dev.rookery.gateway.admission.AdmissionSettings;
import dev.rookery.gateway.connection.SlowReaderSettings;
import dev.rookery.gateway.directory.Claims;
import dev.rookery.gateway.directory.Directory;
import dev.rookery.gateway.directory.DirectorySettings;
import dev.rookery.gateway.directory.GatewayId;
import dev.rookery.gateway.directory.Gateways;
import dev.rookery.gateway.directory.GoneGateways;
import dev.rookery.gateway.directory.Sessions;
import dev.rookery.gateway.drain.DrainSettings;
import dev.rookery.gateway.egress.ChannelFeed;
import dev.rookery.gateway.ingress.Broker;
import dev.rookery.gateway.ingress.Intake;
import dev.rookery.gateway.ingress.Spans;
import dev.rookery.gateway.limits.LimitSettings;
import dev.rookery.gateway.rooms.RoomMembers;
import dev.rookery.gateway.rooms.RoomMeters;
import dev.rookery.gateway.rooms.RoomSettings;
import dev.rookery.gateway.rooms.Rooms;
import dev.rookery.gateway.session.GatewayMeters;
import dev.rookery.gateway.session.Players;
import dev.rookery.gateway.session.SessionSettings;
import dev.rookery.gateway.tls.TlsSettings;
import dev.rookery.gateway.token.TokenSettings;
import dev.rookery.gateway.transport.GatewayServer;
import dev.rookery.gateway.transport.TransportSettings;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;

/// The gateway as a process. Boot's own web server has the management port; players speak to [GatewayServer].
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({RedisConfiguration.class, EdgeConfiguration.class})
@EnableRedisEnhancedRepositories(basePackageClasses = Directory.class)
@EnableConfigurationProperties({
    DirectorySettings.class,
    DrainSettings.class,
    AdmissionSettings.class,
    GatewaySettings.class,
    RoomSettings.class,
    LimitSettings.class,
    SessionSettings.class,
    SlowReaderSettings.class,
    StreamSettings.class,
    TlsSettings.class,
    TokenSettings.class,
    TransportSettings.class
})
public class GatewayApplication {

    static final String LOOPS = "loops";

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

    /// Closed by what starts it.
    @Bean(destroyMethod = "")
    Directory directory(
            GatewayId gateway,
            Sessions sessions,
            Gateways gateways,
            StringRedisTemplate redis,
            DirectorySettings settings) {
        return new Directory(gateway, sessions, gateways, redis, settings);
    }

    @Bean
    ListedWhileListening listedWhileListening(Directory directory, GatewayServer server, InstantSource clock) {
        return new ListedWhileListening(directory, server, clock);
    }

    @Bean
    GatewayId gatewayId(GatewaySettings settings) {
        return GatewayId.of(settings.gatewayId());
    }

    @Bean
    Claims claims(StatefulRedisConnection<String, String> redis, GatewayId gateway) {
        return new Claims(redis, gateway);
    }

    @Bean
    @DependsOn(LOOPS)
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

    /// They end last: what Redis and Kafka tell until these are closed goes to a loop, and so does what connections
    /// have to tidy up.
    @Bean(name = LOOPS, destroyMethod = "shutdownGracefully")
    EventLoopGroup loops() {
        return GatewayServer.loops();
    }

    /// Over connections of its own: neither lane waits for what the other asks of Redis.
    @Bean
    Rooms rooms(
            GatewayId gateway,
            EventLoopGroup loops,
            RedisClient client,
            Spans spans,
            MeterRegistry meters,
            RoomSettings settings,
            LimitSettings limits,
            StreamSettings streams,
            Directory directory,
            DirectorySettings directorySettings) {
        var redis = client.connect();
        var gone = new GoneGateways(directory::aliveGateways, System::nanoTime, directorySettings.grace());
        return new Rooms(
                gateway.value(),
                loops,
                redis,
                new ChannelFeed(client.connectPubSub()),
                new RoomStreams(redis, streams),
                new RoomMembers(redis, settings),
                gateways -> gone.among(gateways, gateway.value()),
                spans,
                new RoomMeters(meters),
                settings,
                limits);
    }

    @Bean
    Players players(
            SessionSettings settings,
            DrainSettings drain,
            LimitSettings limits,
            StreamSettings streams,
            Catalog catalog,
            Broker broker,
            StatefulRedisConnection<String, String> redis,
            StatefulRedisPubSubConnection<String, String> redisChannels,
            Rooms rooms,
            StatefulRedisPubSubConnection<String, String> claimChannels,
            Claims claims,
            Directory directory,
            Spans spans,
            MeterRegistry meters,
            InstantSource clock) {
        var players = new Players(
                settings,
                drain,
                limits,
                new Intake(catalog),
                broker,
                new ChannelFeed(redisChannels),
                new PlayerStreams(redis, streams),
                rooms,
                claims,
                directory,
                spans,
                new GatewayMeters(meters),
                clock);
        if (settings.perPlayer() == SessionSettings.PerPlayer.SINGLE) {
            claims.listen(claimChannels, players);
        }
        return players;
    }
}
