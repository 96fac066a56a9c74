package dev.rookery.eventing.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a regulator is told, on a topic of its own.
class SignificantEventsTest {

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
    void aFactThatTheCatalogListsIsToldBesideTheOtherFacts() {
        assertThat(deliver(act("gravely"))).isEqualTo(204);

        assertThat(function.fact("grave-" + command)).containsEntry("ce_type", "probe.acted-gravely");
        assertThat(function.significant())
                .contains(new ProbeFunction.Told(
                        "grave-" + command, "probe.acted-gravely", "k", "{\"how\":\"gravely\"}"));
    }

    @Test
    void aFactThatItDoesNotListIsNot() {
        assertThat(deliver(act("gravely"))).isEqualTo(204);

        assertThat(function.significant())
                .extracting(ProbeFunction.Told::id)
                .contains("grave-" + command)
                .doesNotContain("fact-" + command);
    }

    @Test
    void whatKafkaDidNotTakeIsToldByTheNextDelivery() {
        function.whileKafkaIsStopped(() -> assertThat(deliver(act("gravely"))).isEqualTo(503));

        await().until(() -> deliver(act("gravely")) == 204);

        assertThat(function.significant()).extracting(ProbeFunction.Told::id).contains("grave-" + command);
    }

    @Test
    void aCommandThatFailsForGoodIsTold() {
        assertThat(deliver(act("badly"))).isEqualTo(400);

        assertThat(function.significant("probe.failed", player.value()))
                .singleElement()
                .satisfies(told -> assertThat(told.data())
                        .isEqualTo("{\"player\":\"" + player.value() + "\",\"command\":\"" + command
                                + "\",\"type\":\"probe.act\",\"code\":\"invalid-data\"}"));
    }

    @Test
    void anIdThatStandsForAnotherCommandIsRecordedAndTold() {
        deliver(act("well"));
        deliver(act("not"));
        deliver(function.ping());

        assertThat(function.significant("probe.id-reused", player.value()))
                .singleElement()
                .satisfies(told -> assertThat(told.data())
                        .startsWith("{\"player\":\"" + player.value() + "\",\"command\":\"" + command
                                + "\",\"type\":\"probe.act\",\"recorded\":\""));
    }

    @Test
    void itIsRecordedOnceHoweverOftenThatCommandIsDelivered() {
        deliver(act("well"));
        deliver(act("not"));
        deliver(function.ping());
        deliver(act("not"));
        deliver(act("not"));
        deliver(function.ping());

        assertThat(function.significant("probe.id-reused", player.value())).hasSize(1);
    }

    @Test
    void eachOtherCommandOfTheIdIsAnEventOfItsOwn() {
        deliver(act("well"));
        deliver(act("not"));
        deliver(act("gravely"));
        deliver(function.ping());

        assertThat(function.significant("probe.id-reused", player.value())).hasSize(2);
    }

    @Test
    void withoutKafkaItIsToldByALaterRun() {
        deliver(act("well"));
        deliver(act("not"));

        function.whileKafkaIsStopped(() -> assertThat(deliver(function.ping())).isEqualTo(503));
        await().until(() -> deliver(function.ping()) == 204);

        assertThat(function.significant("probe.id-reused", player.value()))
                .extracting(ProbeFunction.Told::id)
                .isNotEmpty()
                .containsOnly(function.significant("probe.id-reused", player.value())
                        .getFirst()
                        .id());
    }

    @Test
    void whatAnotherRunIsAboutToTellIsLeftToIt() {
        deliver(act("well"));
        deliver(act("not"));

        function.whileAnotherReports(() -> {
            assertThat(deliverAsync(function.ping()))
                    .succeedsWithin(Duration.ofSeconds(60))
                    .isEqualTo(204);
            assertThat(function.significant("probe.id-reused", player.value())).isEmpty();
        });

        deliver(function.ping());
        assertThat(function.significant("probe.id-reused", player.value())).hasSize(1);
    }

    @Test
    void aStartWithOtherSettingsIsToldAndOneWithTheSameIsNot() {
        function.startWith("probe.mood", "good");

        function.startWith("probe.mood", player.value());
        function.startWith("probe.mood", player.value());
        deliver(function.ping());

        assertThat(function.significant("probe.settings-changed", "probe"))
                .filteredOn(told -> told.data().contains("\"after\":\"" + player.value() + "\""))
                .singleElement()
                .satisfies(told -> assertThat(told.data())
                        .isEqualTo("{\"changes\":[{\"setting\":\"probe.mood\",\"before\":\"good\",\"after\":\""
                                + player.value() + "\"}]}"));
    }

    @Test
    void podsThatStartAtTheSameMomentFindOneChange() {
        var starting = new ArrayList<CompletableFuture<Void>>();

        function.whileSettingsAreRecorded(() -> {
            starting.add(CompletableFuture.runAsync(() -> function.startWith("probe.pace", player.value())));
            starting.add(CompletableFuture.runAsync(() -> function.startWith("probe.pace", player.value())));
            await().until(() -> function.waitingForALock() == 2);
        });

        starting.forEach(CompletableFuture::join);
        deliver(function.ping());
        assertThat(function.significant("probe.settings-changed", "probe"))
                .filteredOn(told -> told.data().contains("\"after\":\"" + player.value() + "\""))
                .hasSize(1);
    }

    @Test
    void theFirstStartTellsItsSettings() {
        deliver(function.ping());

        assertThat(function.significant("probe.settings-changed", "probe").getFirst())
                .isEqualTo(new ProbeFunction.Told(
                        "settings-1",
                        "probe.settings-changed",
                        "probe",
                        "{\"changes\":[{\"setting\":\"probe.mood\",\"before\":null,\"after\":\"good\"}]}"));
    }

    @Test
    void nothingThatWasRecordedIsChanged() {
        deliver(act("well"));
        deliver(act("not"));

        assertThat(function.refusalOf("update probe.significant_event set data = '{}'"))
                .contains("significant_event is append-only: update refused");
        assertThat(function.refusalOf("delete from probe.significant_event"))
                .contains("significant_event is append-only: delete refused");
        assertThat(function.refusalOf("truncate probe.significant_event"))
                .contains("significant_event is append-only: truncate refused");
        assertThat(function.refusalOf("update probe.watched_settings set settings = '{}'"))
                .contains("watched_settings is append-only: update refused");
        assertThat(function.refusalOf("truncate probe.watched_settings"))
                .contains("watched_settings is append-only: truncate refused");
    }

    private HttpRequest.Builder act(String how) {
        return HttpRequest.newBuilder(function.url())
                .header("ce-specversion", "1.0")
                .header("ce-id", command)
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
