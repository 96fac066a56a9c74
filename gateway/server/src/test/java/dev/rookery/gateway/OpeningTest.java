package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// From the upgrade to the welcome, and how a session ends.
class OpeningTest {

    @RegisterExtension
    static final RunningGateway gateway = RunningGateway.with(
            "rookery.token.dev=true",
            "rookery.token.clock-skew=1s",
            "rookery.session.hello-timeout=2s",
            "rookery.session.max-bad-frames=2",
            "rookery.slow-reader.close-timeout=300ms");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());

    @Test
    void whoOffersNoneOfOurSubprotocolsIsRefused() {
        assertThat(statusOf(gateway.http("/v1/connect"))).isEqualTo(400);
        assertThat(statusOf(gateway.http("/v1/connect"), "graphql-ws")).isEqualTo(400);
    }

    @Test
    void oursIsSelectedAmongOthers() {
        var socket = HTTP.newWebSocketBuilder()
                .subprotocols("graphql-ws", "rookery.v1.json")
                .buildAsync(URI.create("ws://127.0.0.1:" + gateway.port() + "/v1/connect"), new WebSocket.Listener() {})
                .join();

        assertThat(socket.getSubprotocol()).isEqualTo("rookery.v1.json");
        socket.abort();
    }

    /// What is in a URL ends in logs.
    @Test
    void aTokenInTheUrlOpensNothing() {
        var withToken = gateway.http("/v1/connect?token=" + RunningGateway.token(player));

        assertThat(statusOf(withToken, "rookery.v1.json")).isEqualTo(404);
    }

    @Test
    void whatIsNoUpgradeIsRefused() throws Exception {
        assertThat(get(gateway.http("/v1/elsewhere")).statusCode()).isEqualTo(404);
        assertThat(post(gateway.http("/v1/connect"), "").statusCode()).isEqualTo(405);
        assertThat(get(gateway.http("/v1/connect")).statusCode()).isEqualTo(400);
    }

    @Test
    void aHelloIsWelcome() {
        try (var client = gateway.connect()) {
            client.send("""
                    {"op":"hello","token":"%s","client":{"name":"test","version":"1"}}""".formatted(RunningGateway.token(player)));

            var welcome = client.next("welcome");

            assertThat(welcome.path("player").asString()).isEqualTo(player.value());
            assertThat(welcome.path("session").asString()).startsWith("s-");
            assertThat(welcome.path("epoch").asString())
                    .isEqualTo(gateway.probe().position(player).epoch());
            assertThat(welcome.path("seq").asLong(-1)).isZero();
            assertThat(welcome.path("resumed").asBoolean(true)).isFalse();
            assertThat(welcome.path("heartbeatMillis").asInt()).isEqualTo(15_000);
            assertThat(welcome.path("limits").toString())
                    .isEqualTo("{\"frameBytes\":16384,\"commandsPerSecond\":50,\"pending\":32,\"rooms\":100}");
        }
    }

    @Test
    void aClientThatSaysNothingIsToldThatItIsLate() {
        try (var client = gateway.connect()) {
            assertThat(client.closeCode()).isEqualTo(4203);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"op\":\"ping\"}", "hello", "{\"op\":\"hello\"}", "[]"})
    void whatComesFirstIsAHello(String first) {
        double before = gateway.attempts("hello-late");
        try (var client = gateway.connect()) {
            assertThat(client.send(first).closeCode()).isEqualTo(4203);
        }
        assertThat(gateway.attempts("hello-late")).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {4_000, 20_000})
    void aHelloIsSmall(int padding) {
        try (var client = gateway.connect()) {
            client.send("{\"op\":\"hello\",\"client\":\"%s\",\"token\":\"%s\"}"
                    .formatted("x".repeat(padding), RunningGateway.token(player)));

            assertThat(client.closeCode()).isEqualTo(4203);
        }
    }

    @Test
    void aTokenThatProvesNothingOpensNothing() {
        var expired = RunningGateway.token(player, Instant.now().minus(Duration.ofMinutes(5)));

        assertThat(codeFor("no token")).isEqualTo(4200);
        assertThat(codeFor(expired)).isEqualTo(4200);
        assertThat(codeFor(RunningGateway.strangersToken(player))).isEqualTo(4200);
        assertThat(codeFor(RunningGateway.unsignedToken(player))).isEqualTo(4200);
    }

    @Test
    void aSessionEndsWithItsToken() {
        try (var client = gateway.connect()) {
            client.send(RunningGateway.helloWith(
                    RunningGateway.token(player, Instant.now().plusSeconds(2))));

            client.next("welcome");
            assertThat(client.closeCode()).isEqualTo(4101);
        }
    }

    @Test
    void aNewerTokenReplacesTheOneThatEnds() {
        try (var client = gateway.connect();
                var withoutRefresh = gateway.connect()) {
            var ends = Instant.now().plusSeconds(2);
            client.send(RunningGateway.helloWith(RunningGateway.token(player, ends)));
            withoutRefresh.send(RunningGateway.helloWith(
                    RunningGateway.token(new PlayerId("p-" + UUID.randomUUID()), ends.plusSeconds(1))));
            client.next("welcome");

            client.send(refresh(RunningGateway.token(player)));

            assertThat(withoutRefresh.closeCode()).isEqualTo(4101);
            client.assertSilent();
        }
    }

    @Test
    void anotherPlayersTokenIsForbidden() {
        try (var client = gateway.welcome(player)) {
            client.send(refresh(RunningGateway.token(new PlayerId("p-" + UUID.randomUUID()))));

            assertThat(client.closeCode()).isEqualTo(4201);
        }
    }

    @Test
    void aBadTokenRefreshesNothing() {
        try (var client = gateway.welcome(player)) {
            double before = gateway.attempts("bad-token");

            client.send(refresh(RunningGateway.strangersToken(player)));

            assertThat(client.closeCode()).isEqualTo(4200);
            // It is the end of a connection that was opened, and no attempt of another.
            assertThat(gateway.attempts("bad-token")).isEqualTo(before);
        }
    }

    @Test
    void aNewerSessionClosesTheOlder() {
        try (var older = gateway.welcome(player);
                var newer = gateway.welcome(player)) {
            assertThat(older.closeCode()).isEqualTo(4205);
            newer.assertSilent();
        }
    }

    @Test
    void aSecondHelloIsABadFrame() {
        try (var client = gateway.welcome(player)) {
            client.send(RunningGateway.hello(player));

            assertThat(client.next("error").path("code").asString()).isEqualTo("bad-frame");
        }
    }

    @Test
    void aPingIsAnsweredWithWhatItHad() {
        try (var client = gateway.welcome(player)) {
            client.send("{\"op\":\"ping\",\"at\":1732442400123}");

            assertThat(client.nextText()).isEqualTo("{\"op\":\"pong\",\"at\":1732442400123}");
        }
    }

    @Test
    void anAckIsNoError() {
        try (var client = gateway.welcome(player)) {
            client.send("{\"op\":\"ack\",\"seq\":44}").assertSilent();
        }
    }

    @Test
    void badFramesAreAnsweredAndTooManyOfThemEndTheConnection() {
        try (var client = gateway.welcome(player)) {
            client.send("{\"op\":\"dance\",\"id\":\"d-1\"}").send("{");

            var unknown = client.next("error");
            assertThat(unknown.path("code").asString()).isEqualTo("bad-frame");
            assertThat(unknown.path("re").asString()).isEqualTo("d-1");
            assertThat(unknown.path("message").asString()).startsWith("op: dance");
            assertThat(unknown.path("retryable").asBoolean(true)).isFalse();
            assertThat(client.next("error").has("re")).isFalse();
            client.assertSilent();

            client.send("{");
            assertThat(client.closeCode()).isEqualTo(4202);
        }
    }

    @Test
    void binaryMessagesAreNotSpokenHere() {
        try (var client = gateway.welcome(player)) {
            client.sendBinary();

            assertThat(client.closeCode()).isEqualTo(4202);
        }
    }

    @Test
    void aFrameMayBeAsLargeAsTheWelcomeSaidAndNoLarger() {
        try (var client = gateway.welcome(player)) {
            client.send("{\"op\":\"ping\",\"at\":\"" + "x".repeat(16_384 - 21) + "\"}");
            assertThat(client.nextText()).hasSize(16_384);

            client.send("{\"op\":\"ping\",\"at\":\"" + "x".repeat(16_384 - 20) + "\"}");
            assertThat(client.closeCode()).isEqualTo(4204);
        }
    }

    @Test
    void onOneMachineAnybodyGetsAToken() throws Exception {
        var answer = post(gateway.http("/v1/dev/token"), "{\"player\":\"" + player + "\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        var token = JsonMapper.shared().readTree(answer.body()).path("token").asString();
        try (var client = gateway.connect()) {
            client.send(RunningGateway.helloWith(token));
            assertThat(client.next("welcome").path("player").asString()).isEqualTo(player.value());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"player\":\"no id\"}"})
    void aTokenIsForAPlayer(String body) throws Exception {
        assertThat(post(gateway.http("/v1/dev/token"), body).statusCode()).isEqualTo(400);
    }

    @Test
    void whoLeavesIsForgotten() {
        var client = gateway.welcome(player);
        assertThat(gateway.follows(player)).isTrue();

        client.close();

        await().until(() -> !gateway.follows(player));
    }

    private int codeFor(String token) {
        try (var client = gateway.connect()) {
            return client.send(RunningGateway.helloWith(token)).closeCode();
        }
    }

    private static String refresh(String token) {
        return "{\"op\":\"refresh\",\"token\":\"" + token + "\"}";
    }

    private static int statusOf(URI http, String... subprotocols) {
        var builder = HTTP.newWebSocketBuilder();
        if (subprotocols.length > 0) {
            builder.subprotocols(subprotocols[0]);
        }
        var connecting =
                builder.buildAsync(URI.create(http.toString().replaceFirst("http", "ws")), new WebSocket.Listener() {});
        var refused = new int[1];
        assertThatThrownBy(connecting::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refusal -> refused[0] = refusal.getResponse().statusCode());
        return refused[0];
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(URI uri, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(uri)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
