package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.measure.Times;
import dev.rookery.knative.load.socket.Dialer;
import dev.rookery.knative.load.socket.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import org.HdrHistogram.Histogram;

/// All clients of one scenario, spread over a few event loops. Used by one thread.
final class Guests implements AutoCloseable {

    /// More at once only wait in the server's backlog.
    private static final int TOGETHER = 200;

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final int RETRY_MILLIS = 200;

    private final Dialer dialer;
    private final List<Table> tables = new ArrayList<>();
    private final List<Guest> guests = new ArrayList<>();

    Guests(int loops, Server server) {
        dialer = new Dialer(loops);
        long origin = System.nanoTime();
        dialer.loops().forEach(loop -> tables.add(new Table(dialer, loop, server.address(), server.dialect(), origin)));
    }

    List<Table> tables() {
        return List.copyOf(tables);
    }

    Guest get(int index) {
        return guests.get(index);
    }

    int size() {
        return guests.size();
    }

    /// Blocks until so many are connected and welcomed; who is refused tries again.
    ///
    /// @throws IllegalStateException when they are not in time
    void seat(int size) {
        seat(size, index -> false);
    }

    /// @param isNarrow whether a guest has a small receive buffer
    void seat(int size, IntPredicate isNarrow) {
        listen(new Seating());
        while (guests.size() < size) {
            int index = guests.size();
            var table = tables.get(index % tables.size());
            var guest = new Guest(index, table);
            guests.add(guest);
            table.loop().execute(() -> {
                table.guests().add(guest);
                if (isNarrow.test(index)) {
                    table.dialNarrow(guest);
                } else {
                    table.dial(guest);
                }
            });
            await("connected", size, () -> ready() > index - TOGETHER);
        }
        await("connected", size, () -> ready() == size);
        listen(Scenario.NONE);
    }

    /// Blocks until all have joined of whom it is asked.
    ///
    /// @throws IllegalStateException when they have not in time
    void join(String room, IntPredicate isAsked) {
        int before = joined();
        int asked = 0;
        for (var guest : guests) {
            if (isAsked.test(guest.index())) {
                guest.table()
                        .loop()
                        .execute(() -> guest.send(guest.table().dialect().join(guest.index(), room)));
                int due = before + ++asked;
                await("joined", due, () -> joined() > due - TOGETHER);
            }
        }
        int all = before + asked;
        await("joined", all, () -> joined() >= all);
    }

    /// From when this returns, the scenario hears what comes.
    void listen(Scenario scenario) {
        var heard = new CountDownLatch(tables.size());
        tables.forEach(table -> table.loop().execute(() -> {
            table.listen(scenario);
            heard.countDown();
        }));
        try {
            if (!heard.await(BOUND.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("event loops: busy (expected: free within " + BOUND + ")");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }

    /// Does something with every guest, each on its event loop; does not wait.
    void each(Consumer<Guest> what) {
        tables.forEach(table -> table.loop().execute(() -> table.guests().forEach(what)));
    }

    int ready() {
        return sum(Table::countReady);
    }

    int joined() {
        return sum(Table::countJoined);
    }

    int resumed() {
        return sum(Table::countResumed);
    }

    /// What was timed since the last call, in microseconds.
    Histogram takeTimes() {
        var all = Times.histogram();
        tables.forEach(table -> table.times().moveTo(all));
        return all;
    }

    Map<String, Long> errors() {
        var all = new TreeMap<String, Long>();
        tables.forEach(table -> table.errors().forEach((what, often) -> all.merge(what, often.sum(), Long::sum)));
        return all;
    }

    @Override
    public void close() {
        listen(Scenario.NONE);
        dialer.close();
    }

    private int sum(ToIntFunction<Table> count) {
        return tables.stream().mapToInt(count).sum();
    }

    private void await(String what, int size, BooleanSupplier isSo) {
        if (!Waiting.until(BOUND, isSo)) {
            throw new IllegalStateException("%s: %d ready, %d joined, errors %s (expected: %d within %s)"
                    .formatted(what, ready(), joined(), errors(), size, BOUND));
        }
    }

    private static final class Seating implements Scenario {

        @Override
        public void lost(Guest guest, Ending ending) {
            var table = guest.table();
            table.error("not let in: " + ending.code() + " " + ending.reason());
            long wait = TimeUnit.SECONDS.toMillis(ending.retryAfterSeconds())
                    + ThreadLocalRandom.current().nextInt(RETRY_MILLIS);
            table.loop().schedule(() -> table.dial(guest), wait, TimeUnit.MILLISECONDS);
        }
    }
}
