package dev.rookery.knative.load.player;

import dev.rookery.knative.load.protocol.BadFrameException;
import dev.rookery.knative.load.protocol.ClientFrames;
import dev.rookery.knative.load.protocol.Closing;
import dev.rookery.knative.load.protocol.FrameReader;
import dev.rookery.knative.load.protocol.Position;
import dev.rookery.knative.load.protocol.ServerFrame;
import dev.rookery.knative.load.protocol.Welcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Keeps one player connected: whenever the connection ends it makes another, as the close code says.
///
/// The idea: there is at most one connection that counts, the one that was said hello to last; what an older one
/// still brings is not heard, because the newer gives it again. So when the server drains, the next connection is
/// made while the old one still serves, and there is no moment at which an event comes over both.
///
/// Confined to the client's thread.
final class Line {

    /// What stands for the token wherever a hello is shown.
    private static final String HIDDEN = "<token>";

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(1);
    /// The server is heard each interval; who is not heard for so many is gone.
    private static final int SILENT_INTERVALS = 2;

    private final String player;
    private final Way way;
    private final PlayerSettings settings;
    private final Owner owner;
    private final Home home;
    private final Events events = new Events();
    private @Nullable PlayerConnection current;
    private @Nullable PlayerConnection leaving;
    private @Nullable Position asked;
    private @Nullable Welcome welcome;
    private @Nullable String token;
    private Future<?> retry = CompletableFuture.completedFuture(null);
    private Future<?> watch = CompletableFuture.completedFuture(null);
    private int attempts;
    private int connections;
    private boolean isDraining;
    private boolean isConnecting;
    private boolean hasEnded;

    Line(String player, Way way, PlayerSettings settings, Home home, Owner owner) {
        this.player = player;
        this.way = way;
        this.settings = settings;
        this.home = home;
        this.owner = owner;
    }

    /// How to get to the gateways.
    ///
    /// @param urls at least one
    record Way(HttpClient http, List<URI> urls, Tokens tokens, RandomGenerator random) {

        Way {
            urls = List.copyOf(urls);
            if (urls.isEmpty()) {
                throw new IllegalArgumentException("urls: none (expected: a gateway's)");
            }
        }

        /// @param connection how many there were before
        URI url(int connection) {
            return urls.get(Math.floorMod(connection, urls.size()));
        }
    }

    /// Whose line it is.
    interface Owner {

        /// Where the player is; null when it saw nothing yet.
        @Nullable
        Position position();

        void sent(String frame);

        void received(String frame);

        /// @param asked what the hello asked to resume from
        void welcomed(@Nullable Position asked, Welcome welcome);

        /// A frame after the welcome.
        void frame(ServerFrame frame);

        void violated(Violation violation);

        void parted(Closing how, Duration again);

        /// There will be no other connection.
        void stopped(Closing how);
    }

    void connect() {
        isConnecting = true;
        var url = way.url(connections++);
        token().thenCompose(good -> open(url, good)).whenComplete((opened, failure) -> {
            boolean isHeard = home.execute(() -> opened(opened, failure));
            if (!isHeard && opened != null) {
                opened.connection().drop("the client is closed");
            }
        });
    }

    /// Whether commands may go out.
    boolean isReady() {
        return welcome != null && !isDraining;
    }

    /// What the server lets be undecided at a time.
    int pending() {
        return welcome == null ? 0 : welcome.pending();
    }

    /// @throws NotConnectedException unless it is ready
    CompletableFuture<Void> send(String frame) {
        if (current == null || !isReady()) {
            throw new NotConnectedException();
        }
        owner.sent(frame);
        return current.send(frame);
    }

    /// Loses the connection, as a network does.
    void cut() {
        if (current != null) {
            current.drop("cut");
        }
    }

    /// Ends for good.
    ///
    /// @return completed when the goodbye has left
    CompletableFuture<Void> end() {
        hasEnded = true;
        retry.cancel(false);
        watch.cancel(false);
        welcome = null;
        letGo();
        var last = current;
        current = null;
        return last == null ? CompletableFuture.completedFuture(null) : last.leave();
    }

    private CompletableFuture<String> token() {
        if (token != null) {
            return CompletableFuture.completedFuture(token);
        }
        return CompletableFuture.completedFuture(player).thenCompose(way.tokens()::token);
    }

    private CompletableFuture<Opened> open(URI url, String good) {
        return PlayerConnection.open(way.http(), url, settings.connectTimeout(), home, events)
                .thenApply(connection -> new Opened(connection, good));
    }

    private void opened(@Nullable Opened opened, @Nullable Throwable failure) {
        isConnecting = false;
        if (opened == null) {
            failed(failure == null ? new IllegalStateException("no connection") : failure);
        } else if (hasEnded) {
            opened.connection().leave();
        } else {
            greet(opened);
        }
    }

    private void greet(Opened opened) {
        letGo();
        leaving = current;
        current = opened.connection();
        token = opened.token();
        welcome = null;
        isDraining = false;
        asked = owner.position();
        owner.sent(ClientFrames.hello(HIDDEN, asked));
        current.send(ClientFrames.hello(opened.token(), asked));
        watch.cancel(false);
        watch = home.schedule(
                settings.connectTimeout(), () -> opened.connection().drop("no welcome in time"));
    }

    private void heard(String text) {
        owner.received(text);
        try {
            var frame = FrameReader.read(text);
            if (frame instanceof Welcome first && welcome == null) {
                begin(first);
            } else if (frame instanceof Welcome || welcome == null) {
                owner.violated(new Violation(Violation.Kind.BAD_FRAME, "frame out of place: " + text));
            } else {
                if (frame instanceof ServerFrame.Drain(var reconnectIn)) {
                    drain(reconnectIn);
                }
                owner.frame(frame);
            }
        } catch (BadFrameException e) {
            owner.violated(new Violation(Violation.Kind.BAD_FRAME, e.getMessage() + ": " + text));
        }
    }

    private void begin(Welcome first) {
        welcome = first;
        attempts = 0;
        letGo();
        watch(first.heartbeat());
        owner.welcomed(asked, first);
    }

    /// The next connection is made while this one still serves.
    private void drain(Duration reconnectIn) {
        isDraining = true;
        var draining = current;
        retry.cancel(false);
        retry = home.schedule(reconnectIn, () -> {
            if (current == draining && !isConnecting) {
                connect();
            }
        });
    }

    private void watch(Duration heartbeat) {
        watch.cancel(false);
        var pause = heartbeat.compareTo(settings.probe()) < 0 ? heartbeat : settings.probe();
        watch = home.schedule(pause, () -> {
            look(heartbeat);
            if (current != null) {
                watch(heartbeat);
            }
        });
    }

    private void look(Duration heartbeat) {
        if (current == null) {
            return;
        }
        long silentNanos = current.silentNanos();
        if (silentNanos > heartbeat.multipliedBy(SILENT_INTERVALS).toNanos()) {
            current.drop("the server is silent");
        } else if (silentNanos > settings.probe().toNanos()) {
            current.probe();
        }
    }

    private void ended(Closing how) {
        watch.cancel(false);
        current = null;
        welcome = null;
        letGo();
        switch (how.action()) {
            case STOP -> {
                hasEnded = true;
                retry.cancel(false);
                owner.stopped(how);
            }
            case AFRESH -> {
                token = null;
                again(how, Duration.ZERO);
            }
            case RESUME -> again(how, Duration.ZERO);
        }
    }

    private void failed(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!hasEnded) {
            again(new Closing(Closing.LOST, "cannot connect: " + cause), retryAfter(cause));
        }
    }

    /// @param least the server's own wish
    private void again(Closing how, Duration least) {
        var wait = least.plus(settings.backoff().delay(attempts, way.random()));
        attempts++;
        owner.parted(how, wait);
        if (!isConnecting) {
            retry.cancel(false);
            retry = home.schedule(wait, this::connect);
        }
    }

    private static Duration retryAfter(Throwable cause) {
        if (!(cause instanceof WebSocketHandshakeException refused)) {
            return Duration.ZERO;
        }
        return refused.getResponse()
                .headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,4}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(wait -> wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait)
                .orElse(Duration.ZERO);
    }

    private void letGo() {
        if (leaving != null) {
            leaving.leave();
            leaving = null;
        }
    }

    private record Opened(PlayerConnection connection, String token) {}

    /// Hears only the connection that counts.
    private final class Events implements PlayerConnection.Owner {

        @Override
        public void received(PlayerConnection from, String text) {
            if (from == current) {
                heard(text);
            }
        }

        @Override
        public void ended(PlayerConnection connection, Closing how) {
            if (connection == current) {
                Line.this.ended(how);
            }
        }
    }
}
