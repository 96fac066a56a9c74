package dev.rookery.gateway.session;

import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.stream.PlayerStreams;
import dev.rookery.gateway.protocol.CloseCode;
import dev.rookery.gateway.protocol.ServerFrames;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Gives one session the player's events in order, each once.
///
/// The idea: what is heard is only trusted when it is exactly the next event. Otherwise, and after every doubt,
/// the rest is read from the stream, page after page as the client takes them; what is heard meanwhile is not
/// kept, it is only noted that there is more to read. So nothing that is heard is buffered, and there is one way
/// to be right, not two. When the stream cannot be followed without a gap the session ends with 4004.
///
/// Confined to the player's home.
final class StreamReader {

    private static final long RETRY_MILLIS = 500;

    private final Session session;
    private final Connection connection;
    private final PlayerStreams streams;
    private final SessionSettings settings;
    private @Nullable Player player;
    /// Up to here the client was given everything; null before the welcome.
    private @Nullable Position position;
    private boolean isReading;
    private boolean hasMore;

    StreamReader(Session session, Connection connection, PlayerStreams streams, SessionSettings settings) {
        this.session = session;
        this.connection = connection;
        this.streams = streams;
        this.settings = settings;
    }

    /// @param resume   what the client last saw; null when it saw nothing
    /// @param welcomed told from where the client goes on, before the first event
    void begin(Player joined, @Nullable Position resume, Welcomed welcomed) {
        player = joined;
        isReading = true;
        var opened = joined.followed().thenCompose(followed -> streams.open(session.player(), resume));
        atHome(opened, (opening, failure) -> {
            if (opening == null) {
                session.close(CloseCode.INTERNAL, "the player's stream cannot be read");
                return;
            }
            var from = opening.resumed() && resume != null ? resume : opening.position();
            position = from;
            welcomed.from(from, opening.resumed());
            give(opening.missed(), opening.position());
        });
    }

    /// Where the client is.
    Position position() {
        if (position == null) {
            throw new IllegalStateException("session " + session.id() + " is not welcome yet");
        }
        return position;
    }

    void heard(Position at, String event) {
        var last = position;
        if (session.hasEnded()) {
            return;
        }
        if (isReading || last == null) {
            hasMore = true;
            return;
        }
        boolean sameEpoch = at.epoch().equals(last.epoch());
        if (sameEpoch && at.seq() <= last.seq()) {
            return;
        }
        if (!sameEpoch || at.seq() > last.seq() + 1) {
            readAgain();
            return;
        }
        session.write(ServerFrames.event(at.seq(), event));
        position = at;
    }

    /// Something may have been missed.
    void readAgain() {
        if (isReading) {
            hasMore = true;
        } else {
            read();
        }
    }

    private void read() {
        if (session.hasEnded()) {
            return;
        }
        isReading = true;
        hasMore = false;
        atHome(streams.open(session.player(), position()), (opening, failure) -> {
            if (opening == null) {
                session.home().schedule(this::read, RETRY_MILLIS, TimeUnit.MILLISECONDS);
            } else if (!opening.resumed()) {
                session.close(CloseCode.GAP, "the stream cannot be followed without a gap");
            } else {
                give(opening.missed(), opening.position());
            }
        });
    }

    /// As much as the client has room for; the rest when that has left.
    ///
    /// @param newest where the stream was when this was read
    private void give(List<PlayerStreams.Entry> entries, Position newest) {
        int given = 0;
        while (given < entries.size() && connection.hasRoom()) {
            give(entries.get(given));
            given++;
        }
        var rest = entries.subList(given, entries.size());
        if (!rest.isEmpty()) {
            connection.whenFlushed(() -> session.home().execute(() -> give(rest, newest)));
            return;
        }
        if (position().seq() < newest.seq()) {
            hasMore = true;
        }
        if (!hasMore) {
            isReading = false;
            return;
        }
        connection.whenFlushed(() -> session.home().execute(this::read));
    }

    private void give(PlayerStreams.Entry entry) {
        session.write(ServerFrames.event(entry.seq(), entry.event()));
        position = new Position(position().epoch(), entry.seq());
        lanesDecided(entry.re());
    }

    private void lanesDecided(String re) {
        if (player != null) {
            player.lanes().decided(re);
        }
    }

    /// What comes of reading, at home and within the bound: a Redis that is paused answers nothing at all.
    private void atHome(CompletionStage<PlayerStreams.Opening> reading, Read then) {
        reading.toCompletableFuture()
                .orTimeout(settings.redisTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((opening, failure) -> session.home().execute(() -> then.read(opening, failure)));
    }

    /// Told from where a client goes on.
    interface Welcomed {
        void from(Position position, boolean resumed);
    }

    private interface Read {
        void read(PlayerStreams.@Nullable Opening opening, @Nullable Throwable failure);
    }
}
