package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.knative.backing.Ports;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.ConfigurableApplicationContext;

/// A pod that goes, and connections whose time is over.
class DrainTest {

    @RegisterExtension
    static final RunningGateway gateway = RunningGateway.with(
            "rookery.session.max-life=1s", "rookery.drain.reconnect-within=200ms", "rookery.drain.grace=1h");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());

    @Test
    void everybodyIsToldToConnectAgainAndThenSentAway() throws Exception {
        var going = gateway.start(List.of("rookery.drain.reconnect-within=200ms", "rookery.drain.grace=100ms"));
        int port = RunningGateway.portOf(going);
        try (var one = welcome(going, player);
                var other = welcome(going, new PlayerId("p-" + UUID.randomUUID()))) {
            going.close();

            assertThat(one.next("drain").path("reconnectInMillis").asInt(-1)).isBetween(0, 200);
            assertThat(other.next("drain").path("reconnectInMillis").asInt(-1)).isBetween(0, 200);
            assertThat(one.closeCode()).isEqualTo(4000);
            assertThat(other.closeCode()).isEqualTo(4000);
            assertThat(Ports.isServed(port)).isFalse();
        }
    }

    @Test
    void whatWasAcceptedIsAnsweredAndNothingNewIsTaken() throws Exception {
        var going = gateway.start(List.of("rookery.drain.grace=1h"));
        CompletableFuture<Void> closing;
        try (var client = welcome(going, player)) {
            client.act("c-1");
            client.next("accepted");
            closing = closing(going);
            client.next("drain");

            client.act("c-2").look("q-1");
            for (var id : List.of("c-2", "q-1")) {
                var busy = client.next("error");
                assertThat(busy.path("re").asString()).isEqualTo(id);
                assertThat(busy.path("code").asString()).isEqualTo("busy");
                assertThat(busy.path("retryable").asBoolean(false)).isTrue();
                assertThat(busy.path("retryAfterMillis").asInt()).isPositive();
            }
            gateway.probe().decideNext(player);
            assertThat(client.next("event").path("re").asString()).isEqualTo("c-1");
        }
        join(closing);
    }

    @Test
    void whileItGoesItIsNotReadyTakesNobodyAndCountsWhoIsLeft() throws Exception {
        var going = gateway.start(List.of("rookery.drain.grace=1h"));
        int port = RunningGateway.portOf(going);
        CompletableFuture<Void> closing;
        try (var client = welcome(going, player)) {
            closing = closing(going);
            client.next("drain");

            var readiness = HttpRequest.newBuilder(RunningGateway.management(going, "/actuator/health/readiness"))
                    .build();
            assertThat(HTTP.send(readiness, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(503);
            assertThat(Ports.isServed(port)).isFalse();
            assertThat(active(going, "draining")).isEqualTo(1);
            assertThat(active(going, "open")).isZero();
        }
        join(closing);
    }

    /// The balancer learns of it late: who still comes is still served.
    @Test
    void whileTheBalancerLearnsPlayersAreStillWelcomeButTheReadinessIsOff() throws Exception {
        var going = gateway.start(List.of("rookery.drain.balancer-wait=1h"));
        var closing = Thread.ofPlatform().daemon().start(going::close);
        var readiness = HttpRequest.newBuilder(RunningGateway.management(going, "/actuator/health/readiness"))
                .build();
        await().until(() ->
                HTTP.send(readiness, HttpResponse.BodyHandlers.ofString()).statusCode() == 503);

        welcome(going, player).close();

        closing.interrupt();
        closing.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(closing.isAlive()).isFalse();
    }

    @Test
    void whoIsNotWelcomeYetIsSentAwayAtOnce() throws Exception {
        var going = gateway.start(List.of("rookery.drain.grace=1h", "rookery.session.hello-timeout=1h"));
        CompletableFuture<Void> closing;
        try (var client = welcome(going, player);
                var silent = Client.connect(RunningGateway.portOf(going))) {
            closing = closing(going);

            assertThat(silent.closeCode()).isEqualTo(4000);
            client.next("drain");
        }
        join(closing);
    }

    @Test
    void withNobodyConnectedItStopsAtOnce() throws Exception {
        var going = gateway.start(List.of("rookery.drain.over=1h", "rookery.drain.grace=1h"));

        join(closing(going));
    }

    /// What Redis tells goes to a loop.
    @Test
    void theLoopsEndAfterTheConnectionsToRedis() throws Exception {
        var going = gateway.start(List.of());
        var loops = going.getBean(EventLoopGroup.class);
        var hadEnded = new CompletableFuture<Boolean>();
        going.getBean("redisChannels", StatefulRedisPubSubConnection.class)
                .addListener(new RedisConnectionStateListener() {
                    @Override
                    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                        hadEnded.complete(loops.isShuttingDown());
                    }
                });

        going.close();

        assertThat(hadEnded).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(false);
        assertThat(loops.isShuttingDown()).isTrue();
    }

    @Test
    void aConnectionWhoseTimeIsOverIsToldToConnectAgainAndIsNotReplacedButLetGo() {
        try (var old = gateway.welcome(player)) {
            assertThat(old.next("drain").path("reconnectInMillis").asInt(-1)).isBetween(0, 200);

            try (var young = gateway.welcome(player)) {
                assertThat(old.closeCode()).isEqualTo(4000);
                young.act("c-1");
                young.next("accepted");
                gateway.probe().decideNext(player);
                young.next("event");
            }
        }
    }

    @Test
    void whoMovesToAnotherPodWhileItsOwnGoesIsNotReplacedButLetGo() throws Exception {
        var going = gateway.start(List.of("rookery.drain.grace=1h"));
        CompletableFuture<Void> closing;
        try (var old = welcome(going, player)) {
            closing = closing(going);
            old.next("drain");

            gateway.welcome(player).close();

            assertThat(old.closeCode()).isEqualTo(4000);
        }
        join(closing);
    }

    private static Client welcome(ConfigurableApplicationContext at, PlayerId player) {
        var client = Client.connect(RunningGateway.portOf(at));
        client.send(RunningGateway.hello(player));
        client.next("welcome");
        return client;
    }

    private static double active(ConfigurableApplicationContext at, String state) {
        return at.getBean(MeterRegistry.class)
                .get("rookery.gateway.active_connections")
                .tag("state", state)
                .gauge()
                .value();
    }

    /// On a thread of its own: clients may need those that everybody shares.
    private static CompletableFuture<Void> closing(ConfigurableApplicationContext going) {
        return CompletableFuture.runAsync(
                going::close, task -> Thread.ofPlatform().daemon().start(task));
    }

    private static void join(CompletableFuture<Void> closing) {
        closing.orTimeout(60, TimeUnit.SECONDS).join();
    }
}
