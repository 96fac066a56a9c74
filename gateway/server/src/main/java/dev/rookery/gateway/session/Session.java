package dev.rookery.gateway.session;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Lane;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.contract.Sending;
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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One connection of a player after its hello: what the client asks goes on from here, what it is given has
/// passed here.
///
/// Confined to the player's home; what other threads bring is sent there ([#receive], [#refresh], [#ended]).
final class Session implements Asker {

    private final String id = "s-" + UUID.randomUUID();
    private final long beginNanos = System.nanoTime();
    private final EventExecutor home;
    private final Connection connection;
    private final Players players;
    private final Queries queries;
    private final StreamReader reader;
    private final Deque<ClientFrame> early = new ArrayDeque<>();
    private PlayerToken token;
    private @Nullable Player player;
    private @Nullable Future<?> expiry;
    private boolean isWelcome;
    private boolean hasEnded;
    private long sequence;

    Session(PlayerToken token, EventExecutor home, Connection connection, Players players) {
        this.token = token;
        this.home = home;
        this.connection = connection;
        this.players = players;
        this.queries = new Queries(this, players.broker(), players.settings());
        this.reader = new StreamReader(this, connection, players.streams(), players.settings());
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

    /// The connection is gone; from any thread.
    void ended() {
        home.execute(() -> {
            hasEnded = true;
            if (expiry != null) {
                expiry.cancel(false);
            }
            queries.clear();
            if (player != null) {
                players.leave(this, player);
            }
            players.meters().ended(System.nanoTime() - beginNanos, connection.closedWith());
        });
    }

    /// Reads where the stream is, welcomes the client and follows.
    void begin(Player joined, @Nullable Position resume) {
        player = joined;
        players.meters().opened();
        endWithToken();
        reader.begin(joined, resume, this::welcome);
    }

    void event(Position position, String event) {
        reader.heard(position, event);
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

    void close(CloseCode code, String why) {
        hasEnded = true;
        connection.close(code, why);
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

    private void welcome(Position position, boolean resumed) {
        write(ServerFrames.welcome(
                player(),
                id,
                position,
                resumed,
                players.settings().heartbeat(),
                players.settings().limits()));
        isWelcome = true;
        for (var frame = early.poll(); frame != null; frame = early.poll()) {
            take(frame);
        }
    }

    private void take(ClientFrame frame) {
        if (hasEnded) {
            return;
        }
        if (!isWelcome) {
            if (early.size() >= players.settings().pending()) {
                close(CloseCode.BAD_FRAMES, "too many frames before the welcome");
                return;
            }
            early.add(frame);
            return;
        }
        switch (frame) {
            case ClientFrame.Hello _ -> write(ServerFrames.error(null, ErrorCode.BAD_FRAME, "hello: again", null));
            case ClientFrame.Command(var re, var type, var data) ->
                check(re, type, Lane.COMMAND, data, asked -> lanes().submit(asked));
            case ClientFrame.Query(var re, var type, var data) -> check(re, type, Lane.QUERY, data, queries::submit);
            case ClientFrame.Ping(var at) -> write(ServerFrames.pong(at));
            // The connection has it verified first, see FrameHandler.
            case ClientFrame.Refresh _ -> {}
            // History is kept by its age and length alone; an ack frees nothing here yet is no error.
            case ClientFrame.Ack _ -> {}
        }
    }

    private void check(String re, EventType type, Lane lane, JsonNode data, Consumer<Asked> then) {
        var span = players.spans().receiveFrame(type, re);
        switch (players.intake().check(player(), type, lane, data)) {
            case Intake.Checked.Refused(var code, var message) -> {
                write(ServerFrames.error(re, code, message, null));
                span.end();
            }
            case Intake.Checked.Fitting fitting -> then.accept(new Asked(this, re, type, fitting, span));
        }
    }

    private CommandLanes lanes() {
        if (player == null) {
            throw new IllegalStateException("session " + id + " has not begun");
        }
        return player.lanes();
    }

    private void endWithToken() {
        if (expiry != null) {
            expiry.cancel(false);
        }
        var left = Duration.between(players.clock().instant(), token.expires());
        expiry = home.schedule(
                () -> close(CloseCode.TOKEN_EXPIRED, "the token has expired"),
                Math.max(0, left.toMillis()),
                TimeUnit.MILLISECONDS);
    }
}
