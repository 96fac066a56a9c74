package dev.rookery.gateway.session;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Lane;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.contract.Sending;
import dev.rookery.eventing.stream.Entry;
import dev.rookery.eventing.stream.Opening;
import dev.rookery.gateway.connection.Connection;
import dev.rookery.gateway.directory.Claims;
import dev.rookery.gateway.drain.Departure;
import dev.rookery.gateway.egress.StreamReader;
import dev.rookery.gateway.ingress.Intake;
import dev.rookery.gateway.protocol.ClientFrame;
import dev.rookery.gateway.protocol.CloseCode;
import dev.rookery.gateway.protocol.ErrorCode;
import dev.rookery.gateway.protocol.ServerFrames;
import dev.rookery.gateway.token.PlayerToken;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// One connection of a player after its hello: what the client asks goes on from here, what it is given has
/// passed here.
///
/// Confined to the player's home; what other threads bring is sent there ([#receive], [#refresh], [#ended]).
final class Session implements Asker {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final Duration ACK_INTERVAL = Duration.ofSeconds(1);
    /// The client is about to connect elsewhere, where it is taken.
    private static final Duration AFTER_DRAIN = Duration.ofSeconds(1);

    private final String id = "s-" + UUID.randomUUID();
    private final long beginNanos = System.nanoTime();
    private final Player player;
    private final EventExecutor home;
    private final Connection connection;
    private final Players players;
    private final Queries queries;
    private final StreamReader reader;
    private final Runnable welcomed;
    private final SentBack sentBack = new SentBack();
    private PlayerToken token;
    /// Null where a player may hold several sessions.
    private @Nullable Claim claim;
    private @Nullable Future<?> expiry;
    private @Nullable Future<?> leaving;
    private @Nullable Long ackedNanos;
    private boolean isDraining;
    private boolean hasEnded;
    private long sequence;

    Session(PlayerToken token, Player player, Connection connection, Players players, Runnable welcomed) {
        this.token = token;
        this.player = player;
        this.home = player.home();
        this.connection = connection;
        this.players = players;
        this.welcomed = welcomed;
        this.queries = new Queries(this, players.broker(), players.settings());
        this.reader = new StreamReader(
                home,
                connection,
                this::read,
                new Following(),
                players.settings().redisTimeout());
    }

    String id() {
        return id;
    }

    PlayerId player() {
        return token.player();
    }

    EventExecutor home() {
        return home;
    }

    Duration redisTimeout() {
        return players.settings().redisTimeout();
    }

    @Override
    public GatewayMeters meters() {
        return players.meters();
    }

    boolean hasEnded() {
        return hasEnded;
    }

    /// Takes a frame, from any thread.
    void receive(ClientFrame frame) {
        home.execute(() -> take(frame));
    }

    /// Takes a newer token, from any thread.
    void refresh(PlayerToken newer) {
        home.execute(() -> {
            if (!newer.player().equals(player())) {
                close(CloseCode.FORBIDDEN, "the token is another player's");
                return;
            }
            token = newer;
            endWithToken();
        });
    }

    /// The client is to connect again elsewhere, from any thread: nothing new is taken, what was taken goes on,
    /// and after a while the connection is closed.
    void drain(Departure.Due due) {
        home.execute(() -> {
            if (isDraining || hasEnded) {
                return;
            }
            isDraining = true;
            players.meters().beganToDrain();
            write(ServerFrames.drain(due.reconnectIn()));
            cancel(leaving);
            leaving = schedule(() -> close(CloseCode.DRAIN, "connect again"), due.closeIn());
        });
    }

    /// A newer session of the player is there. One that was told to go has only done so.
    void replaced() {
        if (isDraining) {
            close(CloseCode.DRAIN, "connected again");
        } else {
            close(CloseCode.REPLACED, "a newer session of the player");
        }
    }

    /// The connection is gone; from any thread.
    void ended() {
        home.execute(() -> {
            hasEnded = true;
            cancel(expiry);
            cancel(leaving);
            queries.clear();
            if (claim != null) {
                claim.release();
            }
            players.directory().ended(id);
            players.leave(this, player);
            players.meters().ended(isDraining, System.nanoTime() - beginNanos, connection.closedWith());
        });
    }

    /// Becomes the player's only one.
    void claim(Claims claims) {
        claim = new Claim(this, claims);
        claim.make();
    }

    /// The player has claimed a session, this one or another.
    void claimed(long number) {
        if (claim != null) {
            claim.heard(number);
        }
    }

    /// A newer claim may have been missed.
    void lookForClaim() {
        if (claim != null) {
            claim.look();
        }
    }

    /// Reads where the stream is, welcomes the client and follows.
    void begin(@Nullable Position resume) {
        players.meters().opened();
        players.directory().opened(id, player(), players.clock().instant());
        endWithToken();
        reader.begin(player.followed(), resume);
    }

    void event(Position position, String event) {
        if (reader.heard(position)) {
            write(ServerFrames.event(position.seq(), event));
        }
    }

    void readAgain() {
        reader.readAgain();
    }

    void repeat(long seq, String event) {
        write(ServerFrames.repeat(seq, event));
    }

    void answered(String re, String answer) {
        queries.answered(re, answer);
    }

    void rejected(String re, String code, String message) {
        write(ServerFrames.rejected(re, code, message));
    }

    @Override
    public void write(String frame) {
        if (!hasEnded) {
            connection.write(frame);
        }
    }

    @Override
    public void sentBack(String command, ErrorCode code, Duration retryAfter) {
        sentBack.add(command, code, retryAfter, System.nanoTime());
    }

    void close(CloseCode code, String why) {
        hasEnded = true;
        connection.close(code, why);
    }

    /// For queries: what the player has been told has to be in the answer.
    Request query(Asked asked) {
        return request(asked).withSeen(player.seen());
    }

    /// With the place where the stream is by then.
    @Override
    public Request request(Asked asked) {
        sequence++;
        return new Request(
                player(),
                asked.id(),
                asked.type(),
                asked.fitting().key(),
                players.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                new Sending(id, sequence, reader.position()));
    }

    /// All that the stream has told counts as seen, also what was given by another pod, or has left the history.
    private CompletionStage<Opening> read(@Nullable Position since) {
        return players.streams()
                .open(player(), since)
                .thenApplyAsync(
                        opening -> {
                            player.seen(opening.lsn());
                            return opening;
                        },
                        home);
    }

    private void welcome(Position position, boolean resumed) {
        if (players.settings().maxLife().isPositive()) {
            var random = ThreadLocalRandom.current();
            leaving = schedule(
                    () -> drain(Departure.Due.atRandom(players.drainSettings(), random)),
                    players.settings().life(random));
        }
        write(ServerFrames.welcome(
                player(),
                id,
                position,
                resumed,
                players.settings().heartbeat(),
                players.settings().limits(players.rooms().perSession())));
        connection.loop().execute(welcomed);
    }

    private void take(ClientFrame frame) {
        if (hasEnded) {
            return;
        }
        switch (frame) {
            case ClientFrame.Hello _ -> write(ServerFrames.error(null, ErrorCode.BAD_FRAME, "hello: again", null));
            case ClientFrame.Command(var re, var type, var data) ->
                check(re, type, Lane.COMMAND, data, player.lanes()::submit);
            case ClientFrame.Query(var re, var type, var data) -> check(re, type, Lane.QUERY, data, queries::submit);
            // Here and not on the connection's loop: a pong comes after all that the player was given before it.
            case ClientFrame.Ping(var at) -> write(ServerFrames.pong(at));
            // The connection's own, see FrameHandler: they need no home.
            case ClientFrame.Refresh _, ClientFrame.OfRooms _ -> {}
            case ClientFrame.Ack(var seq) -> acked(seq);
        }
    }

    /// Another session of the player may not have what this one has. Of many acks in a row one will do: each stands for
    /// those before it.
    private void acked(long seq) {
        long now = System.nanoTime();
        boolean isTooSoon = ackedNanos != null && now - ackedNanos < ACK_INTERVAL.toNanos();
        if (isTooSoon || players.settings().perPlayer() != SessionSettings.PerPlayer.SINGLE) {
            return;
        }
        ackedNanos = now;
        var given = reader.position();
        players.streams()
                .ack(player(), new Position(given.epoch(), Math.clamp(seq, 0, given.seq())))
                .exceptionally(failure -> {
                    LOG.debug("ack: {}", failure.toString());
                    return 0L;
                });
    }

    private void check(String re, EventType type, Lane lane, JsonNode data, Consumer<Asked> then) {
        if (isDraining) {
            write(ServerFrames.error(re, ErrorCode.BUSY, "draining: connect again", AFTER_DRAIN));
            return;
        }
        long now = System.nanoTime();
        var behind = lane == Lane.COMMAND ? sentBack.refuse(re, now) : null;
        if (behind != null) {
            write(ServerFrames.error(re, behind.code(), behind.message(), behind.retryAfter()));
            return;
        }
        long waitNanos = player.limits().take(type, lane, now);
        if (waitNanos > 0) {
            limited(re, lane, Duration.ofNanos(waitNanos).plusMillis(1));
            return;
        }
        var span = players.spans().receiveFrame(type, re);
        switch (players.intake().check(player(), type, lane, data)) {
            case Intake.Checked.Refused(var code, var message) -> {
                write(ServerFrames.error(re, code, message, null));
                span.end();
            }
            case Intake.Checked.Fitting fitting -> then.accept(new Asked(this, re, type, fitting, span));
        }
    }

    private void limited(String re, Lane lane, Duration wait) {
        // The order of commands is kept for that time: it may not be shorter than a frame needs.
        boolean isOrdered = lane == Lane.COMMAND && wait.compareTo(CommandLanes.RETRY_AFTER) < 0;
        var retryAfter = isOrdered ? CommandLanes.RETRY_AFTER : wait;
        write(ServerFrames.error(re, ErrorCode.RATE_LIMITED, "more than may be sent in a second", retryAfter));
        if (lane == Lane.COMMAND) {
            sentBack(re, ErrorCode.RATE_LIMITED, retryAfter);
        }
    }

    /// The player's own stream, as this session is given it.
    private final class Following implements StreamReader.Client {

        @Override
        public boolean hasEnded() {
            return Session.this.hasEnded;
        }

        @Override
        public void welcome(Position from, boolean resumed) {
            Session.this.welcome(from, resumed);
        }

        @Override
        public void give(Position at, Entry entry) {
            write(ServerFrames.event(at.seq(), entry.event()));
            player.lanes().decided(entry.re());
        }

        @Override
        public void unreadable(Throwable failure) {
            close(CloseCode.INTERNAL, "the player's stream cannot be read");
        }

        @Override
        public void gap() {
            close(CloseCode.GAP, "the stream cannot be followed without a gap");
        }
    }

    private void endWithToken() {
        cancel(expiry);
        var left = Duration.between(players.clock().instant(), token.expires());
        expiry = schedule(() -> close(CloseCode.TOKEN_EXPIRED, "the token has expired"), left);
    }

    private Future<?> schedule(Runnable then, Duration in) {
        return home.schedule(then, Math.max(0, in.toMillis()), TimeUnit.MILLISECONDS);
    }

    private static void cancel(@Nullable Future<?> scheduled) {
        if (scheduled != null) {
            scheduled.cancel(false);
        }
    }
}
