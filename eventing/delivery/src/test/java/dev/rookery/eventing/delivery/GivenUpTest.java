package dev.rookery.eventing.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.contract.PlayerId;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What becomes of a command that a dispatcher has given up: one that hung, or took its process along, each time.
class GivenUpTest {

    @RegisterExtension
    static final ProbeFunction function = new ProbeFunction();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());

    @Test
    void aCommandWithoutAnOutcomeHasFailed() {
        assertThat(status(givenUp(act("c-1", "probe.act", "well")))).isEqualTo(204);

        assertThat(function.history(player))
                .singleElement()
                .satisfies(event -> assertThat(event.event())
                        .contains("\"re\":\"c-1\"", "\"outcome\":\"failed\"", "\"code\":\"internal\""));
    }

    @Test
    void itIsNotCarriedOutWhenItComesOnceMore() {
        status(givenUp(act("c-1", "probe.act", "well")));

        assertThat(status(act("c-1", "probe.act", "well"))).isEqualTo(204);

        assertThat(function.effects("c-1", player)).isZero();
    }

    @Test
    void aCommandWithAnOutcomeKeepsIt() {
        status(act("c-1", "probe.act", "well"));

        assertThat(status(givenUp(act("c-1", "probe.act", "well")))).isEqualTo(204);

        assertThat(function.effects("c-1", player)).isEqualTo(1);
        assertThat(function.history(player))
                .singleElement()
                .satisfies(event -> assertThat(event.event()).contains("\"outcome\":\"done\""));
    }

    @Test
    void aCommandThatFailedForItsDataIsNoOtherCommandNow() {
        assertThat(status(act("c-1", "probe.act", "unheard of"))).isEqualTo(400);

        assertThat(status(givenUp(act("c-1", "probe.act", "unheard of")))).isEqualTo(204);

        status(function.ping());
        assertThat(function.significant("probe.id-reused", player.value())).isEmpty();
    }

    @Test
    void aQueryNeedsNothing() {
        assertThat(status(givenUp(act("q-1", "probe.count-effects", "well")))).isEqualTo(204);

        assertThat(function.history(player)).isEmpty();
    }

    @Test
    void whatIsAnotherFunctionsNeedsNothing() {
        assertThat(status(givenUp(act("c-1", "other.act", "well")))).isEqualTo(204);
    }

    @Test
    void whatIsNoPlayersNeedsNothing() {
        assertThat(status(givenUp(act("c-1", "probe.act", "well").setHeader("ce-source", "/elsewhere"))))
                .isEqualTo(204);
    }

    private static HttpRequest.Builder givenUp(HttpRequest.Builder delivery) {
        return delivery.header("ce-knativeerrordest", "http://probe")
                .header("ce-knativeerrorcode", "0")
                .header("ce-knativeerrordata", "after 10 retries: no answer");
    }

    private HttpRequest.Builder act(String id, String type, String how) {
        return HttpRequest.newBuilder(function.url())
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", player.source())
                .header("ce-type", type)
                .header("ce-subject", "k")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"how\":\"" + how + "\"}"));
    }

    private static int status(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .join()
                .statusCode();
    }
}
