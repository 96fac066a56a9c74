package dev.rookery.gateway;

import dev.rookery.eventing.contract.Catalog;
import dev.rookery.gateway.admission.Admission;
import dev.rookery.gateway.admission.AdmissionSettings;
import dev.rookery.gateway.admission.Origins;
import dev.rookery.gateway.connection.ConnectionMeters;
import dev.rookery.gateway.connection.SlowReaderSettings;
import dev.rookery.gateway.drain.DrainSettings;
import dev.rookery.gateway.ingress.Broker;
import dev.rookery.gateway.limits.InboundLimit;
import dev.rookery.gateway.limits.LimitSettings;
import dev.rookery.gateway.protocol.CloudEventsJson;
import dev.rookery.gateway.protocol.RookeryJson;
import dev.rookery.gateway.session.FrameHandler;
import dev.rookery.gateway.session.Heartbeats;
import dev.rookery.gateway.session.Players;
import dev.rookery.gateway.session.SessionSettings;
import dev.rookery.gateway.tls.Certificates;
import dev.rookery.gateway.tls.TlsSettings;
import dev.rookery.gateway.token.DevTokens;
import dev.rookery.gateway.token.TokenSettings;
import dev.rookery.gateway.token.TokenVerifier;
import dev.rookery.gateway.transport.DevTokenRequests;
import dev.rookery.gateway.transport.EdgeMeters;
import dev.rookery.gateway.transport.Entrance;
import dev.rookery.gateway.transport.GatewayServer;
import dev.rookery.gateway.transport.LoopMeters;
import dev.rookery.gateway.transport.Pages;
import dev.rookery.gateway.transport.TransportSettings;
import dev.rookery.gateway.transport.Upgrade;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.flow.FlowControlHandler;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What players meet: who is let in, what a connection goes through, and how the pod takes leave of them.
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {

    private static final int VERIFYING_THREADS = 4;
    private static final int VERIFYING_QUEUE = 10_000;

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

    /// Null where players speak no TLS to us.
    @Bean
    @Nullable
    Certificates certificates(TlsSettings settings) {
        return Certificates.of(settings).orElse(null);
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    GatewayServer server(
            TransportSettings transport,
            SessionSettings session,
            SlowReaderSettings slowReaders,
            TokenSettings token,
            LimitSettings limits,
            EventLoopGroup loops,
            Players players,
            Catalog catalog,
            ExecutorService verifying,
            AdmissionSettings admission,
            Optional<Certificates> certificates,
            MeterRegistry meters,
            InstantSource clock) {
        var connectionMeters = new ConnectionMeters(meters);
        var verifier = TokenVerifier.of(token, clock);
        var secret = token.secret();
        var devTokens = token.dev() && secret != null
                ? new DevTokenRequests(new DevTokens(secret, token.devLifetime(), clock))
                : null;
        var heartbeats = new Heartbeats(loops, session.heartbeat());
        var door = new Admission(admission, System::nanoTime, new SecureRandom());
        var upgrade = new Upgrade(
                door,
                new Origins(admission.origins()),
                Math.toIntExact(session.maxFrameSize().toBytes()),
                List.of(new RookeryJson(), new CloudEventsJson(catalog)),
                greeting -> List.<ChannelHandler>of(
                        new FlowControlHandler(),
                        new InboundLimit(limits),
                        heartbeats.ofOne(),
                        new FrameHandler(
                                players,
                                verifier,
                                verifying,
                                slowReaders,
                                connectionMeters,
                                greeting.dialect(),
                                greeting.hello())));
        LoopMeters.bind(loops, meters);
        return new GatewayServer(
                transport,
                loops,
                new Entrance(
                        transport.requestTimeout(),
                        door,
                        admission,
                        certificates.orElse(null),
                        upgrade,
                        devTokens,
                        Pages.packed(),
                        new EdgeMeters(meters, door)),
                slowReaders.softLimit());
    }

    @Bean
    DrainBeforeClose drainBeforeClose(GatewayServer server, DrainSettings settings) {
        return new DrainBeforeClose(server, settings);
    }

    @Bean
    HealthIndicator gateway(GatewayServer server, Broker broker) {
        return new Readiness(server, broker);
    }
}
