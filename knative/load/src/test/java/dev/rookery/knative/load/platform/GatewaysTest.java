package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.knative.load.player.Player;
import dev.rookery.knative.load.player.PlayerClient;
import dev.rookery.knative.load.player.PlayerListener;
import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.local.RunningPlatform;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two gateways of one platform: whichever a player comes to, it is the same to the player.
class GatewaysTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final int PACE_MILLIS = 250;

    @RegisterExtension
    static final TwoGateways gateways = new TwoGateways();

    private final Launched rookery = gateways.launched();
    private final String id = "p-" + UUID.randomUUID();

    @Test
    void eachGatewayIsListedWithAPortOfItsOwnAndPrinted() {
        var platform = rookery.platform();

        assertThat(platform.ports()).hasSize(2).doesNotHaveDuplicates().startsWith(rookery.port());
        assertThat(platform.processes())
                .filteredOn(process -> platform.ports().contains(process.port()))
                .extracting(RunningPlatform.Child::name)
                .containsExactlyInAnyOrder("gateway-1", "gateway-2");
        assertThat(platform.gateways())
                .allSatisfy(url -> assertThat(rookery.output())
                        .contains("ws://" + URI.create(url).getAuthority() + "/v1/connect"));
    }

    @Test
    void aPlayerWhoMovesToTheOtherGatewayGetsWhatItMissed() {
        JsonNode left;
        try (var first = Wire.hello(gateway(0), id)) {
            left = first.next("welcome");
        }
        JsonNode missed;
        try (var other = Wire.hello(gateway(0), id)) {
            other.next("welcome");
            other.deposit("c-1", 1_000);
            missed = other.next("event");
        }

        try (var second = Wire.hello(gateway(1), id, left)) {
            assertThat(second.next("welcome").get("resumed").booleanValue()).isTrue();
            assertThat(second.next("event")).isEqualTo(missed);
        }
    }

    @Test
    void whenItsGatewayIsKilledAPlayerPlaysOnOverTheOther() throws Exception {
        try (var client = new PlayerClient(List.of(gateway(0), gateway(1)))) {
            var player = client.connect(id, new PlayerListener() {});
            var answers = new ArrayList<>(deposits(player, 0, 20));
            await().atMost(BOUND).until(() -> answers.getFirst().isDone());
            long killed = rookery.pid("gateway-1");

            rookery.signal("gateway-1", "KILL");
            // With its port taken the one that was killed cannot come back before everything is decided.
            try (var _ = TakenPort.of(gateway(0).getPort())) {
                answers.addAll(deposits(player, 20, 40));
                assertDone(answers, player);
            }

            assertThat(player.observed().resumed()).isPositive();
            rookery.awaitRestartOf("gateway-1", killed);
        }
    }

    @Test
    void whileTheGatewaysAreRolledEveryCommandIsDecided() throws Exception {
        var platform = rookery.platform();
        try (var client = new PlayerClient(List.of(gateway(0), gateway(1)))) {
            var player = client.connect(id, new PlayerListener() {});
            var answers = new ArrayList<CompletableFuture<Event>>();
            var rolled = Launched.command("roll", "gateway", "--port", Integer.toString(rookery.port()))
                    .start();
            // Paced, so that the players leave a small machine the time to start gateways.
            do {
                answers.addAll(deposits(player, answers.size(), answers.size() + 2));
            } while (!rolled.waitFor(PACE_MILLIS, TimeUnit.MILLISECONDS));

            assertThat(rolled.exitValue()).isZero();
            assertThat(new String(rolled.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .matches("gateway-1 +ended and serves again, .* s\\ngateway-2 +ended and serves again, .* s\\n");
            assertThat(answers).hasSizeGreaterThan(2);
            assertDone(answers, player);
        }
        var after = rookery.platform();
        for (var name : List.of("gateway-1", "gateway-2")) {
            var before = platform.process(name).orElseThrow();
            var now = after.process(name).orElseThrow();
            assertThat(now.pid()).isNotEqualTo(before.pid());
            assertThat(now.port()).isEqualTo(before.port());
            assertThat(now.restarts()).isEqualTo(before.restarts());
        }
    }

    @Test
    void anEventThatRedisLostIsNotTakenForTheOneThatHasItsNumberNow() {
        try (var before = Wire.hello(gateway(0), id)) {
            var epoch = before.next("welcome").get("epoch");
            before.deposit("c-1", 1_000);
            before.next("event");
            var backup = RedisBackup.take(rookery);
            before.deposit("c-2", 1_000);
            var lost = before.next("event").get("seq").longValue();
            var seen = JSON.createObjectNode().put("seq", lost).set("epoch", epoch);
            backup.comeBack();
            awaitRedisAt(gateway(0));
            awaitRedisAt(gateway(1));

            try (var first = Wire.hello(gateway(0), id)) {
                first.next("welcome");
                first.deposit("c-3", 1_000);
                first.next("event");
                first.deposit("c-4", 1_000);
                first.next("event");
            }

            try (var after = Wire.hello(gateway(1), id, seen)) {
                var welcome = after.next("welcome");

                assertThat(welcome.get("resumed").booleanValue()).isFalse();
                assertThat(welcome.get("epoch")).isNotEqualTo(epoch);
            }
        }
    }

    /// Until a gateway has found Redis again it sends newcomers away.
    private static void awaitRedisAt(URI gateway) {
        await().until(() -> {
            try (var wire = Wire.hello(gateway, "p-" + UUID.randomUUID())) {
                return wire.isWelcome();
            }
        });
    }

    private URI gateway(int n) {
        return URI.create(rookery.platform().gateways().get(n));
    }

    private static List<CompletableFuture<Event>> deposits(Player player, int from, int to) {
        var answers = new ArrayList<CompletableFuture<Event>>();
        for (int n = from; n < to; n++) {
            var money = JSON.createObjectNode().put("amount", n + 1).put("currency", "EUR");
            answers.add(player.command("c-" + n, "wallet.deposit", money));
        }
        return answers;
    }

    private void assertDone(List<CompletableFuture<Event>> answers, Player player) {
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS)
                .join();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().type()).isEqualTo("wallet.deposited"));
        var ledger = new Ledger(rookery.platform().postgres());
        assertThat(ledger.transfers(id)).hasSize(answers.size());
        assertThat(player.observed().violations()).isEmpty();
    }
}
