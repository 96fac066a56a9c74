package dev.rookery.eventing.delivery.reads;

import dev.rookery.eventing.contract.Query;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// What a function that takes queries reads through: a replica, when it has what the player was told, and the primary
/// otherwise. Players see what they did without asking for it.
///
/// Nothing can be written through it, wherever a query is served: what is read here may be gone by then, so it decides
/// nothing.
public final class Reads implements AutoCloseable {

    private final DSLContext primary;
    private final @Nullable Replica replica;
    private final Runnable closing;
    private final MeterRegistry meters;

    private Reads(DSLContext primary, @Nullable Replica replica, MeterRegistry meters, Runnable closing) {
        this.primary = primary;
        this.replica = replica;
        this.meters = meters;
        this.closing = closing;
    }

    /// Over connections of its own: queries that flee from a lost replica take none from commands.
    ///
    /// @param primaryUrl       JDBC URL
    /// @param timeout          for a connection to the primary, and for its answer
    /// @param isLostDependency whether what a question threw is the server's fault and not the question's
    public static Reads open(
            String primaryUrl,
            Login login,
            Duration timeout,
            ReplicaSettings settings,
            Predicate<Throwable> isLostDependency,
            MeterRegistry meters) {
        var primary = new ReadOnlyPool("reads-primary", primaryUrl, login, settings.connections(), timeout);
        if (!settings.isSet()) {
            return new Reads(primary.db(), null, meters, primary::close);
        }
        var replica = new Replica(
                new ReadOnlyPool("reads-replica", settings.url(), login, settings.connections(), settings.timeout()),
                settings,
                isLostDependency);
        measureLag(primary.db(), replica, meters);
        return new Reads(primary.db(), replica, meters, () -> {
            replica.close();
            primary.close();
        });
    }

    /// Asked of both servers whenever somebody reads the meters, in bytes of log and not in seconds: those are
    /// long when nothing was written for a while, and short when the replica follows no more.
    private static void measureLag(DSLContext primary, Replica replica, MeterRegistry meters) {
        Gauge.builder("rookery.replica.lag", () -> lagBytes(primary, replica))
                .baseUnit("bytes")
                .description("of the primary's log that the replica has not replayed; NaN while one does not answer")
                .register(meters);
    }

    private static double lagBytes(DSLContext primary, Replica replica) {
        try {
            // In this order: the replica may have replayed more meanwhile, which is no lag.
            var end = primary.connectionResult(Replica::placeOf);
            return replica.howFar()
                    .map(place -> (double) Math.max(0, end.value() - place.value()))
                    .orElse(Double.NaN);
        } catch (DataAccessException e) {
            return Double.NaN;
        }
    }

    /// All from one database, whatever the player was told: for a function's own tests.
    public static Reads from(DSLContext db, MeterRegistry meters) {
        return new Reads(db, null, meters, () -> {});
    }

    /// Answers a query.
    ///
    /// @param question asked once, or twice when the replica is lost meanwhile; on the replica all its statements
    ///                 have one connection, which is good only until it returns
    public <T> T of(Query<?> query, Function<DSLContext, T> question) {
        if (replica == null) {
            return onPrimary("primary", question);
        }
        return switch (replica.read(query.request().seen(), question)) {
            case Read.Served<T>(var answer, boolean hasWaited) -> {
                count(hasWaited ? "replica-waited" : "replica");
                yield answer;
            }
            case Read.Behind<T> _ -> onPrimary("primary-behind", question);
            case Read.Lost<T> _ -> onPrimary("primary-lost", question);
        };
    }

    private <T> T onPrimary(String why, Function<DSLContext, T> question) {
        count(why);
        return question.apply(primary);
    }

    private void count(String served) {
        meters.counter("rookery.reads", "served", served).increment();
    }

    @Override
    public void close() {
        closing.run();
    }
}
