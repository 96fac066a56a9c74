package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the operators' page is drawn from, and who may ask for it.
class OperatorsTest {

    @RegisterExtension
    static final SharedPlatform rookery = new SharedPlatform();

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String player = "p-" + UUID.randomUUID();
    private final String command = "c-" + UUID.randomUUID();

    @Test
    void howEverythingStandsIsTold() {
        try (var wire = Wire.hello(rookery.url(), player)) {
            wire.next("welcome");
            wire.deposit(command, 1_000);
            Wire.assertOutcome(wire.next("event"), "done");

            await().untilAsserted(() -> {
                var state = JSON.readTree(get("/ops/state").body());
                assertThat(state.path("port").asInt())
                        .isEqualTo(rookery.platform().port());
                var gateway = state.path("gateways").path(0);
                assertThat(gateway.path("state").asString()).isEqualTo("ready");
                assertThat(gateway.path("figures").path("open").asInt()).isPositive();
                assertThat(gateway.path("figures")
                                .path("attempts")
                                .path("opened")
                                .asInt())
                        .isPositive();
                assertThat(gateway.path("figures")
                                .path("messages")
                                .path("wallet.deposit")
                                .asInt())
                        .isPositive();
                assertThat(named(state.path("functions"), "function", "wallet")
                                .path("ready")
                                .asInt())
                        .isPositive();
                assertThat(named(state.path("sources"), "source", "wallet-commands")
                                .path("delivered")
                                .asInt())
                        .isPositive();
                assertThat(state.path("replica").path("state").asString()).isEqualTo("streaming");
                var ledger = state.path("ledger");
                assertThat(ledger.path("transfers").asLong()).isPositive();
                assertThat(ledger.path("untold").propertyNames()).contains("wallet", "rounds");
                var euro = named(ledger.path("balances"), "currency", "EUR");
                assertThat(euro.path("imbalance").asLong(1)).isZero();
                assertThat(euro.path("players").asLong()).isGreaterThanOrEqualTo(1_000);
            });
        }
    }

    @Test
    void aCommandIsFollowedFromTheGatewayToTheAnswer() {
        try (var wire = Wire.hello(rookery.url(), player)) {
            wire.next("welcome");
            wire.deposit(command, 1_050);
            var event = wire.next("event");

            // The dispatcher's own last hop comes a moment after the player's answer.
            var trip = await().until(
                            () -> trip(command),
                            each -> hops(each, "where")
                                    .equals(List.of(
                                            "gateway",
                                            "kafka",
                                            "dispatcher",
                                            "function",
                                            "ledger",
                                            "redis",
                                            "dispatcher")));

            assertThat(trip.path("player").asString()).isEqualTo(player);
            assertThat(trip.path("type").asString()).isEqualTo("wallet.deposit");
            assertThat(trip.path("key").asString()).isEqualTo(player);
            assertThat(trip.path("ending").asString()).isEqualTo("done");
            assertThat(rookery.ledger().transfers(player))
                    .containsExactly("1050 " + trip.path("trace").asString());
            assertThat(hops(trip, "what")).contains("deposit of 10.50 EUR");
            assertThat(hops(trip, "detail"))
                    .contains("event " + event.get("seq").asLong());
            assertThat(hops(trip, "at"))
                    .allSatisfy(at -> assertThat(Instant.parse(at)).isBefore(Instant.now()));
        }
    }

    @Test
    void anIdOfNoCommandIsTold() {
        var answer = get("/ops/trip?command=" + command);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).startsWith("command: " + command + " is of none (expected: the id of one that");
    }

    @Test
    void anIdOfSeveralPlayersIsToldWithTheirNames() {
        var other = "q-" + player;
        for (var each : List.of(player, other)) {
            try (var wire = Wire.hello(rookery.url(), each)) {
                wire.next("welcome");
                wire.deposit(command, 1_000);
                wire.next("event");
            }
        }

        assertThat(get("/ops/trip?command=" + command).body())
                .contains("is of several")
                .contains(player + "/" + command)
                .contains(other + "/" + command);
        assertThat(trip(other + "/" + command).path("player").asString()).isEqualTo(other);
    }

    @Test
    void aDeadLetterIsListedAndReplayed() {
        try (var wire = Wire.hello(rookery.url(), player)) {
            wire.next("welcome");
            rookery.ledger().whileNothingIsBookedFor(player, () -> {
                wire.deposit(command, 1_000);
                Wire.assertOutcome(wire.next("event"), "failed");
                await().until(() -> listed(command).path("state").asString().equals("failed"));
            });

            var replayed = replay(ours(), "{\"name\":\"" + player + "/" + command + "\"}");

            assertThat(replayed.body()).isEqualTo("{\"id\":\"" + command + ".replay-1\"}");
            Wire.assertOutcome(wire.next("event"), "done");
            assertThat(listed(command).path("state").asString()).isEqualTo("replayed, done");
        }
    }

    @Test
    void whatIsNoDeadLetterIsNotReplayed() {
        var answer = replay(ours(), "{\"name\":\"" + command + "\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("id: " + command + " is of no dead letter");
    }

    @Test
    void aReplayThatSaysNoNameIsRefused() {
        var answer = replay(ours(), "[]");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("body: [] (expected: {\"name\": \"player/id\"})");
    }

    /// A page of elsewhere in an operator's browser moves no money.
    @Test
    void aReplayThatAnotherPageAsksForIsRefused() {
        for (var origin : new @Nullable String[] {"https://elsewhere.example", "null", null}) {
            var answer = replay(origin, "{\"name\":\"" + command + "\"}");

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).isEqualTo("Origin: " + origin + " (expected: that of this page)");
        }
    }

    /// A name of elsewhere that was made to mean this machine makes its page one of ours for a browser.
    @Test
    void whoNamesAnotherHostIsRefused() throws Exception {
        var url = management();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            var request = "GET /ops/state HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("Host: elsewhere.example (expected: localhost or 127.0.0.1)");
        }
    }

    @Test
    void pagesAreServedUnderAPolicyThatLetsNothingInFromElsewhere() {
        var answer = get("/ops");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue("/ops/");
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'; script-src 'self'; "));
    }

    @Test
    void whatIsNotThereIsTold() {
        for (var path : List.of("/ops/assets/nothing.js", "/ops/../status", "/opsimath")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    private static JsonNode trip(String name) {
        return JSON.readTree(get("/ops/trip?command=" + name).body());
    }

    private static List<String> hops(JsonNode trip, String field) {
        return StreamSupport.stream(trip.path("hops").spliterator(), false)
                .map(hop -> hop.path(field).asString())
                .toList();
    }

    private static JsonNode listed(String id) {
        return named(JSON.readTree(get("/ops/letters").body()), "id", id);
    }

    private static JsonNode named(JsonNode list, String field, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(each -> each.path(field).asString().equals(name))
                .findFirst()
                .orElse(JSON.missingNode());
    }

    private static String ours() {
        return management().toString();
    }

    private static HttpResponse<String> replay(@Nullable String origin, String body) {
        var request = HttpRequest.newBuilder(management().resolve("/ops/letters/replay"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (origin != null) {
            request.header("Origin", origin);
        }
        return send(request.build());
    }

    private static HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(management().resolve(path)).build());
    }

    private static URI management() {
        return URI.create(rookery.platform().management());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
