package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A gateway whose Kafka or Redis goes away under it, and comes back.
class LostServersTest {

    @RegisterExtension
    static final RunningGateway gateway = RunningGateway.with(
            "rookery.kafka-confirm=1s", "rookery.session.redis-timeout=500ms", "rookery.session.query-timeout=1s");

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());
    private final Probe probe = gateway.probe();

    @Test
    void whileKafkaIsAwayNothingIsAcceptedAndAfterwardsEverythingIs() {
        var kafka = gateway.backing().kafka();
        try (var client = gateway.welcome(player)) {
            kafka.stop();
            try {
                client.act("c-1").act("c-2").look("q-1");
                assertThat(List.of(client.next(), client.next(), client.next()))
                        .allSatisfy(frame -> {
                            assertThat(frame.path("code").asString()).isIn("unavailable", "busy");
                            assertThat(frame.path("retryable").asBoolean(false)).isTrue();
                        })
                        .extracting(frame -> frame.path("re").asString())
                        .containsExactlyInAnyOrder("c-1", "c-2", "q-1");
                client.assertSilent();
            } finally {
                kafka.restart();
            }

            sendUntilAccepted(client, "c-1");
            probe.decideNext(player);
            assertThat(client.next("event").path("re").asString()).isEqualTo("c-1");
        }
    }

    /// It may have taken the command, or not: nothing with that key passes until the command is sent again.
    @Test
    void aCommandThatKafkaDidNotConfirmTakesEffectOnceAndBeforeTheNext() throws Exception {
        try (var client = gateway.welcome(player)) {
            client.act("c-0");
            client.next("accepted");
            probe.decideNext(player);
            client.next("event");

            signal("STOP", gateway.backing().kafka().pid());
            try {
                client.act("c-1").act("c-2");
                assertThat(List.of(client.next("error"), client.next("error")))
                        .allMatch(frame -> frame.path("code").asString().equals("unavailable"))
                        .extracting(frame -> frame.path("re").asString())
                        .containsExactly("c-1", "c-2");
                // However long after.
                await().untilAsserted(() -> {
                    client.act("c-3");
                    assertThat(client.next("error").path("message").asString())
                            .startsWith("command c-1 with the same key");
                });
            } finally {
                signal("CONT", gateway.backing().kafka().pid());
            }

            sendUntilAccepted(client, "c-1");
            client.act("c-2");
            var decided = new ArrayList<String>();
            while (!decided.contains("c-2")) {
                decided.add(probe.decideNext(player).id());
            }
            assertThat(decided.subList(0, decided.size() - 1)).containsOnly("c-1");
            var frames = new ArrayList<String>();
            while (frames.isEmpty() || !frames.getLast().contains("\"re\":\"c-2\"")) {
                frames.add(client.nextText());
            }
            assertThat(frames)
                    .filteredOn(frame -> frame.contains("\"op\":\"event\"") && !frame.contains("\"repeat\""))
                    .satisfiesExactly(
                            first -> assertThat(first).contains("\"seq\":2,", "\"re\":\"c-1\""),
                            second -> assertThat(second).contains("\"seq\":3,", "\"re\":\"c-2\""));
        }
    }

    /// It is there, but says nothing.
    @Test
    void whileRedisHangsNobodyIsWelcomeAndAfterwardsEverybodyIs() throws Exception {
        signal("STOP", gateway.backing().redis().pid());
        try (var client = gateway.connect()) {
            client.send(RunningGateway.hello(player));

            assertThat(client.closeCode()).isEqualTo(4003);
        } finally {
            signal("CONT", gateway.backing().redis().pid());
        }

        awaitWelcome(player).close();
    }

    @Test
    void aRedisThatWasKilledEndsSessionsWithAGapAndEverythingGoesOn() {
        try (var client = gateway.welcome(player)) {
            probe.push(player, 1, "{}");
            client.next("event");

            killRedis();
            try {
                client.act("c-1");
                client.next("accepted");
            } finally {
                gateway.backing().redis().restart();
            }

            assertThat(client.closeCode()).isEqualTo(4004);
        }
        try (var client = awaitWelcome(player)) {
            client.act("c-1").act("c-2").look("q-1");
            var first = probe.decideNext(player);
            var again = probe.decideNext(player);
            assertThat(List.of(first.id(), again.id())).containsOnly("c-1");
            var frames = new ArrayList<String>();
            var left = new ArrayList<>(List.of(probe.next(player), probe.next(player)));
            left.forEach(request -> {
                if (request.id().equals("q-1")) {
                    probe.answer(request, "{}");
                } else {
                    probe.decide(request);
                }
            });
            while (frames.stream()
                            .filter(frame -> !frame.contains("\"accepted\""))
                            .count()
                    < 4) {
                frames.add(client.nextText());
            }
            assertThat(frames)
                    .filteredOn(frame -> frame.contains("\"op\":\"event\"") && !frame.contains("\"repeat\""))
                    .satisfiesExactly(
                            event -> assertThat(event).contains("\"re\":\"c-1\""),
                            event -> assertThat(event).contains("\"re\":\"c-2\""));
            assertThat(frames).anyMatch(frame -> frame.contains("\"op\":\"answer\""));
        }
    }

    /// The gateway could not tell Redis that the player left.
    @Test
    void whoLeftWhileRedisWasAwayIsNotFollowedAgain() {
        var client = gateway.welcome(player);
        probe.push(player, 1, "{}");
        client.next("event");

        killRedis();
        try {
            double open = gateway.open();
            client.close();
            await().until(() -> gateway.open() < open);
        } finally {
            gateway.backing().redis().restart();
        }

        awaitWelcome(new PlayerId("p-" + UUID.randomUUID())).close();
        await().until(() -> !gateway.follows(player));
    }

    private static void sendUntilAccepted(Client client, String id) {
        await().until(() -> client.act(id).next().path("op").asString().equals("accepted"));
    }

    private static Client awaitWelcome(PlayerId player) {
        var welcome = new ArrayList<Client>();
        await().until(() -> {
            var client = gateway.connect().send(RunningGateway.hello(player));
            if (client.isWelcome()) {
                welcome.add(client);
                return true;
            }
            return false;
        });
        return welcome.getFirst();
    }

    private static void killRedis() {
        var redis = gateway.backing().redis();
        var gone = redis.onExit();
        ProcessHandle.of(redis.pid()).orElseThrow().destroyForcibly();
        gone.join();
    }

    private static void signal(String signal, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
