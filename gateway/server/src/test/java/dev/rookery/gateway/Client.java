package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A player's client that does nothing by itself, but for answering pings and goodbyes.
final class Client implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PATIENCE_SECONDS = 60;

    private final WebSocket socket;
    private final Received received;

    private Client(WebSocket socket, Received received) {
        this.socket = socket;
        this.received = received;
    }

    static Client connect(int port) {
        return connect(port, "rookery.v1.json", Map.of());
    }

    static Client connect(int port, String subprotocol, Map<String, String> headers) {
        var received = new Received();
        var builder = HTTP.newWebSocketBuilder();
        headers.forEach(builder::header);
        var socket = builder.subprotocols(subprotocol)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/connect"), received)
                .join();
        return new Client(socket, received);
    }

    Client send(String frame) {
        socket.sendText(frame, true).join();
        return this;
    }

    Client command(String id, String type, String data) {
        return send("{\"op\":\"command\",\"id\":\"%s\",\"type\":\"%s\",\"data\":%s}".formatted(id, type, data));
    }

    /// A command whose key is the player.
    Client act(String id) {
        return command(id, "probe.act", "{\"step\":1}");
    }

    /// A command whose key is the table.
    Client move(String id, String table) {
        return command(id, "probe.move", "{\"table\":\"" + table + "\"}");
    }

    Client look(String id) {
        return send("{\"op\":\"query\",\"id\":\"%s\",\"type\":\"probe.look\",\"data\":{}}".formatted(id));
    }

    void sendBinary() {
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
    }

    /// The next frame as it came.
    String nextText() {
        try {
            var text = received.frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(text)
                    .as("a frame within %d s, closed: %s", PATIENCE_SECONDS, received.closed)
                    .isNotNull();
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode next() {
        return JSON.readTree(nextText());
    }

    /// The next frame, which has to be one of these.
    JsonNode next(String op) {
        var frame = next();
        assertThat(frame.path("op").asString()).as(frame.toString()).isEqualTo(op);
        return frame;
    }

    /// Whether the gateway says welcome, or nothing and closes.
    boolean isWelcome() {
        await().until(() -> !received.frames.isEmpty() || received.closed.isDone());
        return !received.frames.isEmpty() && next("welcome").has("session");
    }

    /// What this asks goes the whole way through the gateway that commands go, so all that was written before it is in
    /// the frames before its answer: nothing came.
    void assertSilent() {
        send("{\"op\":\"query\",\"id\":\"silence\",\"type\":\"no.such\",\"data\":{}}");
        assertThat(nextText()).startsWith("{\"op\":\"error\",\"re\":\"silence\",\"code\":\"unknown-type\"");
    }

    boolean isClosed() {
        return received.closed.isDone();
    }

    /// The code with which the gateway closes.
    int closeCode() {
        return received.closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /// Without a goodbye.
    @Override
    public void close() {
        socket.abort();
    }

    private static final class Received implements WebSocket.Listener {

        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                frames.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
