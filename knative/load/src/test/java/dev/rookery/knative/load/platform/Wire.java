package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A socket with nothing between a test and the frames.
final class Wire implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int BOUND_SECONDS = 60;

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private Wire(URI url) {
        socket = HTTP.newWebSocketBuilder()
                .subprotocols("rookery.v1.json")
                .buildAsync(URI.create("ws://" + url.getAuthority() + "/v1/connect"), new Listening())
                .join();
    }

    /// Connected, and nothing said yet.
    static Wire open(URI url) {
        return new Wire(url);
    }

    /// Connected and welcome.
    static Wire hello(URI url, String player) {
        return hello(url, player, null);
    }

    /// @param resume `{"epoch":…,"seq":…}`; null when nothing is asked
    static Wire hello(URI url, String player, @Nullable JsonNode resume) {
        var wire = new Wire(url);
        var hello = JSON.createObjectNode().put("op", "hello").put("token", token(url, player));
        if (resume != null) {
            hello.set("resume", resume);
        }
        wire.send(hello.toString());
        return wire;
    }

    static String token(URI url, String player) {
        var asked = HttpRequest.newBuilder(url.resolve("/v1/dev/token"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"player\":\"" + player + "\"}"))
                .build();
        var answer = HTTP.sendAsync(asked, HttpResponse.BodyHandlers.ofString()).join();
        return JSON.readTree(answer.body()).get("token").stringValue();
    }

    /// Whether the server says welcome, or closes.
    boolean isWelcome() {
        await().until(() -> !frames.isEmpty() || closed.isDone());
        return !frames.isEmpty();
    }

    void send(String frame) {
        socket.sendText(frame, true).join();
    }

    void deposit(String id, long amount) {
        send("{\"op\":\"command\",\"id\":\"" + id + "\",\"type\":\"wallet.deposit\",\"data\":{\"amount\":" + amount
                + ",\"currency\":\"EUR\"}}");
    }

    /// Waits for the next frame of an op, passing over all others.
    JsonNode next(String op) {
        return next(frame -> frame.path("op").asString().equals(op));
    }

    JsonNode next(Predicate<JsonNode> wanted) {
        var passed = new ArrayList<JsonNode>();
        while (true) {
            var frame = poll();
            if (frame == null) {
                throw new AssertionError("no such frame in " + BOUND_SECONDS + " s; passed over: " + passed);
            }
            if (wanted.test(frame)) {
                return frame;
            }
            passed.add(frame);
        }
    }

    /// The events until the server has answered a ping that is sent now: everything that it had to say before.
    List<JsonNode> eventsSoFar() {
        return framesSoFar().stream()
                .filter(frame -> frame.path("op").asString().equals("event"))
                .toList();
    }

    /// Every frame until then.
    List<JsonNode> framesSoFar() {
        send("{\"op\":\"ping\",\"at\":\"so far\"}");
        var frames = new ArrayList<JsonNode>();
        next(frame -> {
            frames.add(frame);
            return frame.path("op").asString().equals("pong");
        });
        return frames;
    }

    /// Waits until the server closes.
    int closeCode() {
        return closed.orTimeout(BOUND_SECONDS, TimeUnit.SECONDS).join();
    }

    /// The socket is dropped without a goodbye.
    @Override
    public void close() {
        socket.abort();
    }

    static void assertOutcome(JsonNode event, String outcome) {
        assertThat(event.path("outcome").asString()).as("%s", event).isEqualTo(outcome);
    }

    private @Nullable JsonNode poll() {
        try {
            return frames.poll(BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private final class Listening implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            message.append(part);
            if (isLast) {
                frames.add(JSON.readTree(message.toString()));
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
