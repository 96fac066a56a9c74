package dev.rookery.eventing.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What becomes of a key whose command threw.
class ParkedTest {

    @RegisterExtension
    static final ProbeFunction function = new ProbeFunction();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());

    @Test
    void whileACommandHasTriesLeftLaterOnesOfItsKeyWait() {
        deliver(act("poison", "throwing", "k"));

        var later = deliver(act("c-2", "well", "k"));

        assertThat(later.statusCode()).isEqualTo(503);
        assertThat(later.body()).isEqualTo("behind poison of the same key, which threw and has not ended");
        assertThat(function.effects("c-2", player)).isZero();
    }

    @Test
    void whenItHasFailedForGoodTheKeyGoesOn() {
        deliver(act("poison", "throwing", "k"));
        deliver(act("c-2", "well", "k"));
        deliver(act("poison", "throwing", "k"));
        assertThat(deliver(act("poison", "throwing", "k")).statusCode()).isEqualTo(400);

        assertThat(deliver(act("c-2", "well", "k")).statusCode()).isEqualTo(204);

        assertThat(function.effects("c-2", player)).isEqualTo(1);
    }

    @Test
    void whenItsDefectIsMendedItIsCarriedOutFirst() {
        deliver(act("c-1", "mendable", "k"));
        assertThat(deliver(act("c-2", "well", "k")).statusCode()).isEqualTo(503);
        function.mend();

        assertThat(deliver(act("c-1", "mendable", "k")).statusCode()).isEqualTo(204);

        assertThat(deliver(act("c-2", "well", "k")).statusCode()).isEqualTo(204);
    }

    @Test
    void otherKeysGoOn() {
        deliver(act("poison", "throwing", "k"));

        assertThat(deliver(act("c-2", "well", "another")).statusCode()).isEqualTo(204);
    }

    @Test
    void theSameKeyOfAnotherPlayerGoesOn() {
        deliver(act("poison", "throwing", "k"));

        assertThat(deliver(act(new PlayerId("q-" + player), "c-2", "well", "k")).statusCode())
                .isEqualTo(204);
    }

    @Test
    void whatHasItsOutcomeIsToldAgainWhoeverIsParked() {
        deliver(act("c-1", "well", "k"));
        deliver(act("poison", "throwing", "k"));

        assertThat(deliver(act("c-1", "well", "k")).statusCode()).isEqualTo(204);
    }

    @Test
    void twoThatThrewAtTheSameMomentAreTriedOneAfterTheOther() {
        function.park(player, "a", "k");
        function.park(player, "b", "k");

        assertThat(List.of(status("b"), status("a"), status("b"))).containsExactly(503, 500, 503);
        while (status("a") == 500) {
            assertThat(status("b")).isEqualTo(503);
        }
        assertThat(status("b")).isIn(500, 400);
    }

    @Test
    void aCommandThatNobodyDeliversAnyMoreFailsAndItsKeyGoesOn() {
        var poison = "poison-" + UUID.randomUUID();
        deliver(act(poison, "throwing", "k"));
        function.letItBeAbandoned(player, poison);

        assertThat(deliver(function.ping()).statusCode()).isEqualTo(204);

        assertThat(function.history(player))
                .singleElement()
                .satisfies(event -> assertThat(event.event())
                        .contains("\"re\":\"" + poison + "\"", "\"outcome\":\"failed\"", "\"code\":\"internal\""));
        assertThat(function.deadLetter(poison))
                .containsEntry("ce_source", player.source())
                .containsEntry("ce_subject", "k")
                .containsEntry("ce_knativeerrorcode", "400")
                .containsEntry("ce_knativeerrordest", "probe")
                .containsEntry(
                        "ce_knativeerrordata",
                        "not delivered again after 1 tries: java.lang.IllegalStateException: asked to throw");
        await().until(() -> !function.isUnemitted(player, poison));
        assertThat(deliver(act("c-2", "well", "k")).statusCode()).isEqualTo(204);
        assertThat(deliver(act(poison, "throwing", "k")).statusCode()).isEqualTo(204);
    }

    @Test
    void whatAnotherIsAboutToGiveUpIsLeftToIt() {
        deliver(act("poison", "throwing", "k"));
        function.letItBeAbandoned(player, "poison");

        function.whileAnotherGivesUp(player, "poison", () -> {
            assertThat(deliverAsync(function.ping())).succeedsWithin(Duration.ofSeconds(60));
            assertThat(function.history(player)).isEmpty();
        });

        assertThat(deliver(function.ping()).statusCode()).isEqualTo(204);
        assertThat(function.history(player)).hasSize(1);
    }

    @Test
    void whatIsNotGivenUpWithinTheBoundIsLeftForTheNextRun() {
        deliver(act("poison", "throwing", "k"));
        function.letItBeAbandoned(player, "poison");

        function.giveUp(Duration.ZERO);

        assertThat(function.history(player)).isEmpty();
        assertThat(deliver(act("c-2", "well", "k")).statusCode()).isEqualTo(503);
    }

    @Test
    void oneEventOfTheTimerGivesUpAllThatWait() {
        for (var key : List.of("k", "l")) {
            deliver(act("poison-" + key, "throwing", key));
            function.letItBeAbandoned(player, "poison-" + key);
        }

        assertThat(deliver(function.ping()).statusCode()).isEqualTo(204);

        assertThat(function.history(player)).hasSize(2);
    }

    @Test
    void withoutRedisAllThatWaitAreGivenUpAllTheSame() {
        for (var key : List.of("k", "l")) {
            deliver(act("poison-" + key, "throwing", key));
            function.letItBeAbandoned(player, "poison-" + key);
        }

        function.whileRedisIsStopped(() -> function.giveUp(Duration.ofSeconds(60)));

        await().until(() -> deliver(act("c-2", "well", "k")).statusCode() == 204);
        assertThat(deliver(act("c-3", "well", "l")).statusCode()).isEqualTo(204);
    }

    @Test
    void whatThrewWhileItWasCarriedOutParksItsKeyNoLongerThanToItsRedelivery() {
        deliver(act("c-1", "well", "k"));
        function.park(player, "c-1", "k");

        assertThat(deliver(act("c-1", "well", "k")).statusCode()).isEqualTo(204);

        assertThat(deliver(act("c-2", "well", "k")).statusCode()).isEqualTo(204);
    }

    @Test
    void whatThrewWhileItWasCarriedOutIsNotGivenUp() {
        var command = "c-" + UUID.randomUUID();
        deliver(act(command, "well", "k"));
        function.park(player, command, "k");
        function.letItBeAbandoned(player, command);

        assertThat(deliver(function.ping()).statusCode()).isEqualTo(204);

        assertThat(function.history(player))
                .singleElement()
                .satisfies(event -> assertThat(event.event()).contains("\"outcome\":\"done\""));
        assertThat(function.isDeadLetter(command)).isFalse();
        assertThat(deliver(act("c-2", "well", "k")).statusCode()).isEqualTo(204);
    }

    @Test
    void aCommandThatThrewAMomentAgoIsNotGivenUp() {
        deliver(act("poison", "throwing", "k"));

        assertThat(deliver(function.ping()).statusCode()).isEqualTo(204);

        assertThat(deliver(act("c-2", "well", "k")).statusCode()).isEqualTo(503);
    }

    private int status(String id) {
        return deliver(act(id, "throwing", "k")).statusCode();
    }

    private HttpRequest.Builder act(String id, String how, String key) {
        return act(player, id, how, key);
    }

    private static HttpRequest.Builder act(PlayerId player, String id, String how, String key) {
        return HttpRequest.newBuilder(function.url())
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", player.source())
                .header("ce-type", "probe.act")
                .header("ce-subject", key)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"how\":\"" + how + "\"}"));
    }

    private static HttpResponse<String> deliver(HttpRequest.Builder request) {
        return deliverAsync(request).join();
    }

    private static CompletableFuture<HttpResponse<String>> deliverAsync(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
