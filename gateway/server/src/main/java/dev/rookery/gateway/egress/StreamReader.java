package dev.rookery.gateway.egress;

import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.stream.Entry;
import dev.rookery.eventing.stream.Opening;
import dev.rookery.gateway.connection.Connection;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Gives one client the events of one stream in order, each once: the player's own, or a room's.
///
/// The idea: what is heard is only trusted when it is exactly the next event. Otherwise, and after every doubt,
/// the rest is read from the stream, page after page as the client takes them; what is heard meanwhile is not
/// kept, it is only noted that there is more to read. So nothing that is heard is buffered, and there is one way
/// to be right, not two.
///
/// Confined to one executor.
public final class StreamReader {

    private static final long RETRY_MILLIS = 500;

    private final EventExecutor executor;
    private final Connection connection;
    private final Source source;
    private final Client client;
    private final Duration timeout;
    /// Up to here the client was given everything; null before the welcome.
    private @Nullable Position position;
    private boolean isReading;
    private boolean hasMore;

    /// @param executor where all of this runs, and the client is called
    /// @param timeout  for one reading: a Redis that is paused answers nothing at all
    public StreamReader(EventExecutor executor, Connection connection, Source source, Client client, Duration timeout) {
        this.executor = executor;
        this.connection = connection;
        this.source = source;
        this.client = client;
        this.timeout = timeout;
    }

    /// Where events are read.
    public interface Source {

        /// Where the stream is, and what comes next after a position.
        CompletionStage<Opening> open(@Nullable Position since);
    }

    /// Who is given the events.
    public interface Client {

        /// Nothing more is given, or read.
        boolean hasEnded();

        /// From here it goes on; before the first event.
        void welcome(Position from, boolean resumed);

        void give(Position at, Entry entry);

        /// The stream could not be read in the beginning: there is no welcome.
        void unreadable(Throwable failure);

        /// The stream cannot be followed without a gap; nothing more is given.
        void gap();
    }

    /// @param followed completed when nothing that is published from then on is missed
    /// @param since    what the client last saw; null when it saw nothing
    public void begin(CompletionStage<Void> followed, @Nullable Position since) {
        isReading = true;
        here(followed.thenCompose(_ -> source.open(since)), (opening, failure) -> {
            if (client.hasEnded()) {
                return;
            }
            if (opening == null) {
                client.unreadable(Objects.requireNonNull(failure));
                return;
            }
            var from = opening.resumed() && since != null ? since : opening.position();
            position = from;
            client.welcome(from, opening.resumed());
            give(opening.missed(), opening.position());
        });
    }

    /// Where the client is.
    ///
    /// @throws IllegalStateException before the welcome
    public Position position() {
        if (position == null) {
            throw new IllegalStateException("the client is not welcome yet");
        }
        return position;
    }

    /// An event was published.
    ///
    /// @return whether it is the next one, and the caller's to give now
    public boolean heard(Position at) {
        var last = position;
        if (client.hasEnded()) {
            return false;
        }
        if (isReading || last == null) {
            hasMore = true;
            return false;
        }
        boolean sameEpoch = at.epoch().equals(last.epoch());
        if (sameEpoch && at.seq() <= last.seq()) {
            return false;
        }
        if (!sameEpoch || at.seq() > last.seq() + 1) {
            readAgain();
            return false;
        }
        position = at;
        return true;
    }

    /// Something may have been missed.
    public void readAgain() {
        if (isReading) {
            hasMore = true;
        } else {
            read();
        }
    }

    private void read() {
        if (client.hasEnded()) {
            return;
        }
        isReading = true;
        hasMore = false;
        here(source.open(position()), (opening, _) -> {
            if (opening == null) {
                executor.schedule(this::read, RETRY_MILLIS, TimeUnit.MILLISECONDS);
            } else if (!opening.resumed()) {
                client.gap();
            } else {
                give(opening.missed(), opening.position());
            }
        });
    }

    /// As much as the client has room for; the rest when that has left.
    ///
    /// @param newest where the stream was when this was read
    private void give(List<Entry> entries, Position newest) {
        int given = 0;
        while (given < entries.size() && connection.hasRoom() && !client.hasEnded()) {
            give(entries.get(given));
            given++;
        }
        var rest = entries.subList(given, entries.size());
        if (client.hasEnded()) {
            return;
        }
        if (!rest.isEmpty()) {
            connection.whenFlushed(() -> executor.execute(() -> give(rest, newest)));
            return;
        }
        if (position().seq() < newest.seq()) {
            hasMore = true;
        }
        if (!hasMore) {
            isReading = false;
            return;
        }
        connection.whenFlushed(() -> executor.execute(this::read));
    }

    private void give(Entry entry) {
        var at = new Position(position().epoch(), entry.seq());
        client.give(at, entry);
        position = at;
    }

    private void here(CompletionStage<Opening> reading, BiConsumer<@Nullable Opening, @Nullable Throwable> then) {
        reading.toCompletableFuture()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((opening, failure) -> executor.execute(() -> then.accept(opening, failure)));
    }
}
