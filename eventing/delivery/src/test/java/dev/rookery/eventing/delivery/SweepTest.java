package dev.rookery.eventing.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Outcomes that were committed and not told, and whose deliveries do not come back.
class SweepTest {

    @RegisterExtension
    static final ProbeFunction function = new ProbeFunction();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());
    private final String command = "c-" + UUID.randomUUID();
    private ProbeFunction.Ear ear;

    @BeforeEach
    void listen() {
        ear = function.listen(player);
    }

    @AfterEach
    void stopListening() {
        ear.close();
    }

    @Test
    void whatIsToldIsNoLongerNotedAsUntold() {
        assertThat(deliver(act("well"))).isEqualTo(204);

        await().until(() -> !function.isUnemitted(player, command));
    }

    @Test
    void whatRedisDidNotTakeIsToldByTheTimersNextEvent() {
        function.whileRedisRefuses(() -> assertThat(deliver(act("well"))).isEqualTo(503));
        function.letTheSweepsTimeCome(player, command);

        await().until(() -> deliver(function.ping()) == 204);

        assertThat(function.history(player))
                .singleElement()
                .satisfies(event -> assertThat(event.event()).contains("\"re\":\"" + command + "\""));
        assertThat(function.fact("fact-" + command)).containsEntry("ce_type", "probe.acted");
        assertThat(function.isUnemitted(player, command)).isFalse();
    }

    @Test
    void whatKafkaDidNotTakeIsToldWithoutTellingThePlayerTwice() {
        function.whileKafkaIsStopped(() -> assertThat(deliver(act("well"))).isEqualTo(503));
        function.letTheSweepsTimeCome(player, command);

        await().until(() -> deliver(function.ping()) == 204);

        assertThat(function.fact("fact-" + command)).containsEntry("ce_type", "probe.acted");
        assertThat(function.isUnemitted(player, command)).isFalse();
        assertThat(function.history(player)).hasSize(1);
        ear.next();
        ear.assertSilent();
    }

    @Test
    void aFailureIsToldToo() {
        function.whileRedisRefuses(() -> assertThat(deliver(act("badly"))).isEqualTo(503));
        function.letTheSweepsTimeCome(player, command);

        await().until(() -> deliver(function.ping()) == 204);

        assertThat(function.history(player))
                .singleElement()
                .satisfies(event -> assertThat(event.event()).contains("\"outcome\":\"failed\""));
    }

    @Test
    void aNoteThatGotLostIsHarmless() {
        deliver(act("well"));
        ear.next();
        await().until(() -> !function.isUnemitted(player, command));
        function.forgetThatItWasTold(player, command);
        function.letTheSweepsTimeCome(player, command);

        assertThat(deliver(function.ping())).isEqualTo(204);

        assertThat(function.isUnemitted(player, command)).isFalse();
        ear.assertSilent();
        assertThat(function.history(player)).hasSize(1);
    }

    @Test
    void whatIsYoungerIsLeftToItsRedelivery() {
        function.whileRedisRefuses(() -> assertThat(deliver(act("well"))).isEqualTo(503));

        await().until(() -> deliver(function.ping()) == 204);

        assertThat(function.isUnemitted(player, command)).isTrue();
        ear.assertSilent();
    }

    @Test
    void whatAnotherSweepIsAboutToTellIsLeftToIt() {
        function.whileRedisRefuses(() -> assertThat(deliver(act("well"))).isEqualTo(503));
        function.letTheSweepsTimeCome(player, command);

        function.whileAnotherSweeps(player, command, () -> {
            assertThat(deliverAsync(function.ping())).succeedsWithin(Duration.ofSeconds(60));
            ear.assertSilent();
        });

        await().until(() -> deliver(function.ping()) == 204);
        assertThat(function.history(player)).hasSize(1);
    }

    @Test
    void whatCannotBeToldIsToldLaterAndTheTimerIsAnsweredSo() {
        function.whileRedisRefuses(() -> {
            assertThat(deliver(act("well"))).isEqualTo(503);
            function.letTheSweepsTimeCome(player, command);

            assertThat(deliver(function.ping())).isEqualTo(503);
        });
        function.letTheSweepsTimeCome(player, command);

        await().until(() -> deliver(function.ping()) == 204);

        assertThat(function.history(player)).hasSize(1);
    }

    @Test
    void whatCouldNotBeToldGoesToTheEndOfTheQueue() {
        function.whileRedisRefuses(() -> {
            assertThat(deliver(act("well"))).isEqualTo(503);
            function.letTheSweepsTimeCome(player, command);
            assertThat(deliver(function.ping())).isEqualTo(503);
        });

        await().until(() -> deliver(function.ping()) == 204);

        assertThat(function.isUnemitted(player, command)).isTrue();
        ear.assertSilent();
    }

    @Test
    void whatIsNotToldWithinTheBoundIsLeftForTheNextRun() {
        function.whileRedisRefuses(() -> assertThat(deliver(act("well"))).isEqualTo(503));
        function.letTheSweepsTimeCome(player, command);

        function.sweep(Duration.ZERO);

        assertThat(function.isUnemitted(player, command)).isTrue();
        ear.assertSilent();
    }

    /// As many as one transaction takes are 50.
    @Test
    void oneEventOfTheTimerTellsAllThatWaits() {
        for (int n = 0; n < 51; n++) {
            assertThat(deliver(act(command + "." + n, "well"))).isEqualTo(204);
        }
        await().until(() -> function.unemitted(player) == 0);
        function.forgetThatTheyWereTold(player);

        assertThat(deliver(function.ping())).isEqualTo(204);

        assertThat(function.unemitted(player)).isZero();
    }

    private HttpRequest.Builder act(String how) {
        return act(command, how);
    }

    private HttpRequest.Builder act(String id, String how) {
        return HttpRequest.newBuilder(function.url())
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", player.source())
                .header("ce-type", "probe.act")
                .header("ce-session", "s-1")
                .header("ce-sequence", "1")
                .header("ce-position", ear.position())
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"how\":\"" + how + "\"}"));
    }

    private static int deliver(HttpRequest.Builder request) {
        return deliverAsync(request).join();
    }

    private static CompletableFuture<Integer> deliverAsync(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }
}
