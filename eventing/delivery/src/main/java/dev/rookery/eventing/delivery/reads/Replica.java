package dev.rookery.eventing.delivery.reads;

import dev.rookery.eventing.contract.Lsn;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the replica, when it has replayed far enough, and waits for that a little.
///
/// How far it was is remembered for each connection, because a connection ends with the server that it is to: another
/// replica behind the same address, or the same one started again, may be less far. So most queries cost no extra trip.
///
/// A replica that does not answer is left alone: one query after a while tries it again, all others are spared the
/// time-out.
final class Replica implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);
    /// Of one that has become the primary, all of its own log.
    private static final String HOW_FAR = "select case when pg_is_in_recovery() then pg_last_wal_replay_lsn()"
            + " else pg_current_wal_flush_lsn() end";

    private final ReadOnlyPool connections;
    private final ReplicaSettings settings;
    private final Predicate<Throwable> isLostDependency;
    private final Map<Connection, Lsn> replayed = Collections.synchronizedMap(new WeakHashMap<>());
    private final AtomicLong nextTryNanos = new AtomicLong();
    private volatile boolean isLost;

    /// @param isLostDependency whether what a question threw is the server's fault and not the question's
    Replica(ReadOnlyPool connections, ReplicaSettings settings, Predicate<Throwable> isLostDependency) {
        this.connections = connections;
        this.settings = settings;
        this.isLostDependency = isLostDependency;
    }

    /// @param seen null when the player is not known to have been told anything
    <T> Read<T> read(@Nullable Lsn seen, Function<DSLContext, T> question) {
        if (!mayTry()) {
            return new Read.Lost<>();
        }
        try {
            var read = readWithin(settings.maxWait(), seen, question);
            found();
            return read;
        } catch (SQLException e) {
            lost(e);
            return new Read.Lost<>();
        } catch (RuntimeException e) {
            if (!isLostDependency.test(e)) {
                throw e;
            }
            lost(e);
            return new Read.Lost<>();
        }
    }

    /// How far it is; nothing when it is lost.
    Optional<Lsn> howFar() {
        return switch (read(null, db -> db.connectionResult(Replica::placeOf))) {
            case Read.Served<Lsn>(var place, boolean _) -> Optional.of(place);
            case Read.Behind<Lsn> _, Read.Lost<Lsn> _ -> Optional.empty();
        };
    }

    /// No connection is kept while nothing is asked of it.
    private <T> Read<T> readWithin(Duration bound, @Nullable Lsn seen, Function<DSLContext, T> question)
            throws SQLException {
        long deadline = System.nanoTime() + bound.toNanos();
        boolean hasWaited = false;
        for (var pause = FIRST_PAUSE; ; pause = longer(pause)) {
            try (var connection = connections.connect()) {
                if (seen == null || hasReplayed(connection, seen)) {
                    return new Read.Served<>(question.apply(connections.db(connection)), hasWaited);
                }
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 || isInterruptedDuring(Math.min(pause.toNanos(), left))) {
                return new Read.Behind<>();
            }
            hasWaited = true;
        }
    }

    private boolean hasReplayed(Connection connection, Lsn seen) throws SQLException {
        // The one below the pool's, which lives as long as the session.
        var server = connection.unwrap(Connection.class);
        var known = replayed.get(server);
        if (known != null && known.compareTo(seen) >= 0) {
            return true;
        }
        var now = placeOf(connection);
        replayed.put(server, now);
        return now.compareTo(seen) >= 0;
    }

    /// Of a primary, the end of its log on disk.
    static Lsn placeOf(Connection connection) throws SQLException {
        try (var asked = connection.prepareStatement(HOW_FAR);
                var answer = asked.executeQuery()) {
            answer.next();
            return Lsn.ofPostgres(answer.getString(1));
        }
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private static boolean isInterruptedDuring(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private boolean mayTry() {
        if (!isLost) {
            return true;
        }
        long due = nextTryNanos.get();
        long now = System.nanoTime();
        return now - due >= 0
                && nextTryNanos.compareAndSet(due, now + settings.retryAfter().toNanos());
    }

    private void found() {
        if (isLost) {
            isLost = false;
            LOG.info("the replica answers again");
        }
    }

    private void lost(Exception why) {
        nextTryNanos.set(System.nanoTime() + settings.retryAfter().toNanos());
        if (!isLost) {
            isLost = true;
            LOG.warn("the replica is lost, queries go to the primary: {}", why.toString());
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
