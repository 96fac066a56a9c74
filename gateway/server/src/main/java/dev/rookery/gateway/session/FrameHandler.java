package dev.rookery.gateway.session;

import dev.rookery.gateway.connection.Connection;
import dev.rookery.gateway.connection.ConnectionMeters;
import dev.rookery.gateway.connection.SlowReaderSettings;
import dev.rookery.gateway.drain.Departure;
import dev.rookery.gateway.limits.InboundLimit;
import dev.rookery.gateway.limits.TokenBucket;
import dev.rookery.gateway.protocol.BadFrameException;
import dev.rookery.gateway.protocol.ClientFrame;
import dev.rookery.gateway.protocol.CloseCode;
import dev.rookery.gateway.protocol.Dialect;
import dev.rookery.gateway.protocol.ErrorCode;
import dev.rookery.gateway.protocol.ServerFrames;
import dev.rookery.gateway.rooms.Memberships;
import dev.rookery.gateway.token.BadTokenException;
import dev.rookery.gateway.token.KeysUnavailableException;
import dev.rookery.gateway.token.PlayerToken;
import dev.rookery.gateway.token.TokenVerifier;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one connection's frames: the hello first, then what goes to the session. One a connection, on its event
/// loop.
public final class FrameHandler extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final Logger LOG = LoggerFactory.getLogger(FrameHandler.class);
    /// When an issuer's keys may be there again.
    private static final Duration AFTER_KEYS = Duration.ofSeconds(5);

    private final Players players;
    private final TokenVerifier tokens;
    private final Executor blocking;
    private final SlowReaderSettings slowReaders;
    private final ConnectionMeters meters;
    private final Dialect dialect;
    private final ClientFrame.@Nullable Hello greeting;
    private final SessionSettings settings;
    private final TokenBucket refreshes;
    private Phase phase = new Phase.Awaiting();
    private @Nullable Connection connection;
    private int badFrames;

    /// @param blocking where tokens are verified: an issuer's keys may have to be fetched
    /// @param greeting what stands for the first frame; null when the client sends one
    public FrameHandler(
            Players players,
            TokenVerifier tokens,
            Executor blocking,
            SlowReaderSettings slowReaders,
            ConnectionMeters meters,
            Dialect dialect,
            ClientFrame.@Nullable Hello greeting) {
        this.players = players;
        this.tokens = tokens;
        this.blocking = blocking;
        this.slowReaders = slowReaders;
        this.meters = meters;
        this.dialect = dialect;
        this.greeting = greeting;
        this.settings = players.settings();
        this.refreshes = players.limits().refreshes(System.nanoTime());
    }

    /// How far the connection is.
    private sealed interface Phase {

        /// The hello has not come.
        record Awaiting() implements Phase {}

        /// Its token is being verified; what comes before the welcome waits, in order.
        record Verifying(Deque<ClientFrame> early) implements Phase {}

        /// The session reads where the player's stream is.
        record Opening(Session session, Deque<ClientFrame> early) implements Phase {}

        record Welcome(Session session, Memberships memberships) implements Phase {}
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        connection = new Connection(context.channel(), dialect, slowReaders, meters);
        context.executor()
                .schedule(this::endUnlessGreeted, settings.helloTimeout().toMillis(), TimeUnit.MILLISECONDS);
        if (greeting != null) {
            hello(greeting, 0);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        if (!connection().isOpen() && !(frame instanceof CloseWebSocketFrame)) {
            return;
        }
        switch (frame) {
            case TextWebSocketFrame text -> text(text.text(), text.content().readableBytes());
            case PingWebSocketFrame ping -> connection().pong(ping.content().retain());
            case PongWebSocketFrame _ -> {}
            case CloseWebSocketFrame close -> connection().answer(close.retain());
            case BinaryWebSocketFrame _ -> close(CloseCode.BAD_FRAMES, "binary message (expected: text)");
            default -> close(CloseCode.BAD_FRAMES, "continuation of nothing");
        }
    }

    /// A client that does not answer will not say goodbye either.
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        switch (event) {
            case Heartbeat.Silent _ -> connection().drop(CloseCode.SILENT, "silent");
            case InboundLimit.Flooding _ -> close(CloseCode.RATE, "more than may be sent, for too long");
            case Departure departure -> depart(departure);
            default -> super.userEventTriggered(context, event);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        connection().writabilityChanged();
        super.channelWritabilityChanged(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        switch (phase) {
            case Phase.Awaiting _, Phase.Verifying _ -> {}
            case Phase.Opening opening -> opening.session().ended();
            case Phase.Welcome(var session, var memberships) -> {
                memberships.ended();
                session.ended();
            }
        }
        connection().gone();
        super.channelInactive(context);
    }

    /// A broken frame is the client's; whatever else comes here is ours or the network's.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        switch (cause) {
            case TooLongFrameException e -> tooLarge(e);
            case CorruptedWebSocketFrameException e -> {
                if (e.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)) {
                    tooLarge(e);
                } else {
                    connection().answer(new CloseWebSocketFrame(e.closeStatus()));
                }
            }
            case IOException e -> {
                LOG.debug("connection lost: {}", e.toString());
                context.close();
            }
            default -> {
                LOG.error("connection failed", cause);
                close(CloseCode.INTERNAL, "internal");
            }
        }
    }

    /// A client that is not welcome yet loses nothing by going at once.
    private void depart(Departure departure) {
        switch (phase) {
            case Phase.Awaiting _, Phase.Verifying _, Phase.Opening _ ->
                close(CloseCode.DRAIN, "the pod goes: connect again");
            case Phase.Welcome(var session, var memberships) -> {
                if (departure instanceof Departure.Due due) {
                    session.drain(due);
                }
            }
        }
    }

    private void tooLarge(Exception e) {
        if (phase instanceof Phase.Awaiting) {
            noHello("frame: too large");
        } else {
            close(CloseCode.TOO_LARGE, "frame: too large");
        }
        LOG.debug("frame too large: {}", e.getMessage());
    }

    private void text(String text, int bytes) {
        ClientFrame frame;
        try {
            frame = dialect.read(text);
        } catch (BadFrameException e) {
            bad(e);
            return;
        }
        switch (phase) {
            case Phase.Awaiting() -> hello(frame, bytes);
            case Phase.Verifying(var early) -> keep(frame, early);
            case Phase.Opening opening -> keep(frame, opening.early());
            case Phase.Welcome(var session, var memberships) -> take(frame, session, memberships);
        }
    }

    private void keep(ClientFrame frame, Deque<ClientFrame> early) {
        if (early.size() >= settings.pending()) {
            close(CloseCode.RATE, "too many frames before the welcome");
            return;
        }
        early.add(frame);
    }

    private void take(ClientFrame frame, Session session, Memberships memberships) {
        switch (frame) {
            case ClientFrame.Refresh(var token) -> refresh(token, session);
            case ClientFrame.OfRooms ofRooms -> memberships.take(ofRooms);
            case ClientFrame other -> session.receive(other);
        }
    }

    private void refresh(String token, Session session) {
        long now = System.nanoTime();
        if (refreshes.take(now)) {
            // The session goes on with the token that it has.
            verify(
                    token,
                    session::refresh,
                    why -> connection()
                            .write(ServerFrames.error(null, ErrorCode.UNAVAILABLE, "refresh: " + why, AFTER_KEYS)));
        } else {
            connection()
                    .write(ServerFrames.error(
                            null,
                            ErrorCode.RATE_LIMITED,
                            "refresh: too often",
                            Duration.ofNanos(refreshes.nanosUntilOne(now)).plusMillis(1)));
        }
    }

    private void hello(ClientFrame frame, int bytes) {
        if (!(frame instanceof ClientFrame.Hello(var token, var resume))
                || bytes > settings.maxHelloSize().toBytes()) {
            noHello("expected: a hello of at most " + settings.maxHelloSize());
            return;
        }
        var early = new ArrayDeque<ClientFrame>();
        phase = new Phase.Verifying(early);
        verify(
                token,
                verified -> {
                    var session = players.open(verified, resume, connection(), this::welcomed);
                    phase = new Phase.Opening(session, early);
                },
                why -> close(CloseCode.INTERNAL, why));
    }

    private void welcomed() {
        if (phase instanceof Phase.Opening(var session, var early)) {
            var memberships = players.rooms().memberships(connection(), session.player(), session.id());
            phase = new Phase.Welcome(session, memberships);
            early.forEach(each -> take(each, session, memberships));
        }
    }

    /// @param unable told why it cannot be said now whose the token is
    private void verify(String token, Consumer<PlayerToken> then, Consumer<String> unable) {
        var connection = connection();
        try {
            CompletableFuture.supplyAsync(() -> tokens.verify(token), blocking)
                    .whenCompleteAsync(
                            (verified, failure) -> verified(verified, failure, then, unable), connection.loop());
        } catch (RejectedExecutionException e) {
            unable.accept("too many tokens to verify");
        }
    }

    private void verified(
            @Nullable PlayerToken verified,
            @Nullable Throwable failure,
            Consumer<PlayerToken> then,
            Consumer<String> unable) {
        if (verified != null) {
            // A connection that has ended meanwhile begins nothing: it would take the place of one that is alive.
            if (connection().isOpen()) {
                then.accept(verified);
            }
            return;
        }
        var cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof BadTokenException) {
            LOG.debug("refused: {}", cause.getMessage());
            unverified("bad-token");
            close(CloseCode.BAD_TOKEN, "the token proves nothing");
        } else if (cause instanceof KeysUnavailableException) {
            LOG.warn("not told good from bad: {}", cause.getMessage());
            unverified("keys-unavailable");
            unable.accept("tokens cannot be verified");
        } else {
            LOG.error("token could not be verified", cause);
            close(CloseCode.INTERNAL, "internal");
        }
    }

    private void bad(BadFrameException bad) {
        if (phase instanceof Phase.Awaiting) {
            noHello("expected: a hello");
            return;
        }
        badFrames++;
        if (badFrames > settings.maxBadFrames()) {
            close(CloseCode.BAD_FRAMES, "too many bad frames");
            return;
        }
        connection().write(ServerFrames.error(bad.re(), ErrorCode.BAD_FRAME, String.valueOf(bad.getMessage()), null));
    }

    private void endUnlessGreeted() {
        if (phase instanceof Phase.Awaiting && connection().isOpen()) {
            noHello("no hello in time");
        }
    }

    private void noHello(String why) {
        players.meters().attempted("hello-late");
        close(CloseCode.HELLO_LATE, why);
    }

    /// The token of a hello; that of a refresh is of a connection which was counted.
    private void unverified(String how) {
        if (phase instanceof Phase.Verifying) {
            players.meters().attempted(how);
        }
    }

    private void close(CloseCode code, String why) {
        connection().close(code, why);
    }

    private Connection connection() {
        if (connection == null) {
            throw new IllegalStateException("handler is not in a pipeline");
        }
        return connection;
    }
}
