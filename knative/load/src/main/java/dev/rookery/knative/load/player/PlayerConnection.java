package dev.rookery.knative.load.player;

import dev.rookery.knative.load.protocol.Closing;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One socket, from the upgrade to its end: raw frames out, raw frames in, and the close code. It knows nothing
/// of what the frames say.
///
/// Its owner is told on the client's thread. No more than [#PREFETCH] messages wait for that: when the owner is
/// slow, the socket is not read.
public final class PlayerConnection {

    static final String SUBPROTOCOL = "rookery.v1.json";

    private static final int PREFETCH = 64;
    private static final int MAX_MESSAGE_CHARACTERS = 1 << 20;
    private static final int MAX_UNSENT = 1_000;
    private static final Duration GOODBYE_BOUND = Duration.ofSeconds(2);

    private final Home home;
    private final Owner owner;
    private final AtomicBoolean hasEnded = new AtomicBoolean();
    private final AtomicInteger unsent = new AtomicInteger();
    private volatile long heardNanos = System.nanoTime();
    private volatile Future<?> goodbyeBound = CompletableFuture.completedFuture(null);
    private CompletableFuture<Void> sending = CompletableFuture.completedFuture(null);
    private @Nullable WebSocket socket;

    private PlayerConnection(Home home, Owner owner) {
        this.home = home;
        this.owner = owner;
    }

    /// Who a connection belongs to.
    interface Owner {

        void received(PlayerConnection from, String text);

        /// Told once.
        void ended(PlayerConnection connection, Closing how);
    }

    /// Connects. Nothing is said yet; the server wants a hello within 5 s.
    ///
    /// @param url `http://host:port` of the gateway
    static CompletableFuture<PlayerConnection> open(
            HttpClient http, URI url, Duration timeout, Home home, Owner owner) {
        var connection = new PlayerConnection(home, owner);
        var connect = URI.create(url.toString().replaceFirst("^http", "ws") + "/v1/connect");
        return http.newWebSocketBuilder()
                .subprotocols(SUBPROTOCOL)
                .connectTimeout(timeout)
                .buildAsync(connect, connection.new Listening())
                .thenApply(opened -> connection);
    }

    /// Sends one frame after those before it, from any thread. Completes when it has left, which says nothing of
    /// its arrival; fails when it did not leave.
    public CompletableFuture<Void> send(String frame) {
        if (unsent.incrementAndGet() > MAX_UNSENT) {
            unsent.decrementAndGet();
            return CompletableFuture.failedFuture(
                    new IllegalStateException("unsent frames: " + MAX_UNSENT + " (expected: fewer)"));
        }
        var sent = enqueue(frame);
        sent.whenComplete((left, failure) -> {
            unsent.decrementAndGet();
            if (failure != null) {
                end(new Closing(Closing.LOST, "cannot send: " + failure.getMessage()));
            }
        });
        return sent;
    }

    /// Nanoseconds since anything was heard from the server, its pings too.
    long silentNanos() {
        return System.nanoTime() - heardNanos;
    }

    /// Pings the server, whose pong is heard.
    ///
    /// The socket may not tell that it has ended: when the end comes right behind a message, `java.net.http`
    /// loses it in an InternalError that nobody is shown. What is written then is refused by the other side, and
    /// so the end is found.
    void probe() {
        opened().sendPing(ByteBuffer.allocate(0)).whenComplete((sent, failure) -> {
            if (failure != null) {
                end(new Closing(Closing.LOST, "cannot ping: " + failure.getMessage()));
            }
        });
    }

    /// Says goodbye and gives the server a moment to answer.
    ///
    /// @return completed when the goodbye has left, or cannot
    CompletableFuture<Void> leave() {
        var open = opened();
        hasEnded.set(true);
        var goodbye = new CompletableFuture<Void>();
        open.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((sent, failure) -> goodbye.complete(null));
        goodbyeBound = home.schedule(GOODBYE_BOUND, open::abort);
        return goodbye;
    }

    /// Drops the socket without a word, as a lost network does.
    void drop(String why) {
        end(new Closing(Closing.LOST, why));
    }

    private synchronized CompletableFuture<Void> enqueue(String frame) {
        sending = sending.thenCompose(before -> opened().sendText(frame, true)).thenApply(sent -> null);
        return sending;
    }

    private void end(Closing how) {
        opened().abort();
        tellEnd(how);
    }

    private void tellEnd(Closing how) {
        goodbyeBound.cancel(false);
        if (hasEnded.compareAndSet(false, true)) {
            home.execute(() -> owner.ended(this, how));
        }
    }

    private synchronized WebSocket opened() {
        if (socket == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return socket;
    }

    private synchronized void opened(WebSocket open) {
        socket = open;
    }

    /// Called by the socket, by one thread at a time.
    private final class Listening implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public void onOpen(WebSocket open) {
            opened(open);
            open.request(PREFETCH);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            heardNanos = System.nanoTime();
            if (message.length() + part.length() > MAX_MESSAGE_CHARACTERS) {
                end(new Closing(Closing.TOO_LARGE, "a message of more than " + MAX_MESSAGE_CHARACTERS + " characters"));
                return null;
            }
            message.append(part);
            if (!isLast) {
                from.request(1);
                return null;
            }
            var text = message.toString();
            message.setLength(0);
            home.execute(() -> {
                owner.received(PlayerConnection.this, text);
                from.request(1);
            });
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
            heardNanos = System.nanoTime();
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
            heardNanos = System.nanoTime();
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            // The socket answers the goodbye by itself, and is gone then.
            tellEnd(new Closing(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end(new Closing(Closing.LOST, String.valueOf(error.getMessage())));
        }
    }
}
