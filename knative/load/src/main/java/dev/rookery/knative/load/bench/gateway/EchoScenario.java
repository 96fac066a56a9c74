package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.measure.Latencies;
import dev.rookery.knative.load.measure.Pace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A message and its answer: first each connection asks again as soon as it is answered, which shows what the server
/// can do; then all ask at a steady rate, which shows how long one waits.
///
/// Many connections and not few: a server may limit what one of them asks, and in the field there are many.
final class EchoScenario implements Scenario {

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);
    private static final long TICK_NANOS = 500_000;

    private final LongAdder pongs = new LongAdder();
    private volatile boolean asksAgain;

    static List<Figure> measure(Server server, BenchPlan plan) {
        try (var guests = new Guests(plan.loops(), server)) {
            guests.seat(plan.echoConnections());
            var echo = new EchoScenario();
            guests.listen(echo);
            var closed = echo.closed(guests, server, plan);
            var open = echo.open(guests, server, plan);
            return Stream.concat(closed.stream(), open.stream()).toList();
        }
    }

    @Override
    public void pong(Guest guest, long at) {
        pongs.increment();
        var table = guest.table();
        long now = table.now();
        table.times().record(now - at);
        if (asksAgain) {
            guest.send(table.dialect().ping(now));
        }
    }

    private List<Figure> closed(Guests guests, Server server, BenchPlan plan) {
        asksAgain = true;
        guests.each(
                guest -> guest.send(guest.table().dialect().ping(guest.table().now())));
        Waiting.pass(plan.warmUp());
        long before = pongs.sum();
        var meter = Meter.start(server.process());
        Waiting.pass(plan.step());
        var used = meter.stop();
        long count = pongs.sum() - before;
        asksAgain = false;
        Waiting.pass(LAST_ANSWERS.dividedBy(4));
        return List.of(
                Figure.more("echo, as fast as it goes", "1/s", (double) count / used.seconds()),
                Figure.less("echo, as fast as it goes: server CPU", "us each", used.serverMicrosEach(count)),
                Figure.note("echo, as fast as it goes: client CPU", "processors", used.clientShare()));
    }

    private List<Figure> open(Guests guests, Server server, BenchPlan plan) {
        long already = pongs.sum();
        long warm = steadily(guests, plan.echoPerSecond(), plan.warmUp());
        Waiting.until(LAST_ANSWERS, () -> pongs.sum() - already >= warm);
        Waiting.tidy();
        guests.takeTimes();
        long before = pongs.sum();
        var meter = Meter.start(server.process());
        long sent = steadily(guests, plan.echoPerSecond(), plan.step());
        var used = meter.stop();
        Waiting.until(LAST_ANSWERS, () -> pongs.sum() - before >= sent);
        var took = Latencies.of(guests.takeTimes());
        var what = "echo at " + plan.echoPerSecond() + "/s";
        return List.of(
                Figure.less(what + ": p50", "ms", took.p50Micros() / 1e3),
                Figure.less(what + ": p99", "ms", took.p99Micros() / 1e3),
                Figure.less(what + ": server CPU", "us each", used.serverMicrosEach(took.count())),
                Figure.count(what + ": not answered", sent - took.count()));
    }

    /// Everybody in turn, each at its moment.
    ///
    /// @return how many were sent
    static long steadily(Guests guests, long perSecond, Duration length) {
        var first = guests.tables().getFirst();
        var pace = new Pace(perSecond, first.now());
        long sent = 0;
        while (first.now() - pace.begin() < length.toNanos()) {
            long due = pace.due(first.now());
            for (; sent < due; sent++) {
                var guest = guests.get((int) (sent % guests.size()));
                long at = pace.at(sent);
                guest.table()
                        .loop()
                        .execute(() -> guest.send(guest.table().dialect().ping(at)));
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
        return sent;
    }
}
