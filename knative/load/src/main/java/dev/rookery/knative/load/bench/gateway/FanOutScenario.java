package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.measure.Latencies;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// Casts to all other members of one room: the members send in turn, each so many casts at once, and the next burst
/// leaves when the one before the last has arrived everywhere. So the server is never idle and nothing piles up in it,
/// and the figure is what it delivers, not what it drops.
final class FanOutScenario implements Scenario {

    /// Bursts on their way at a time.
    private static final int ON_THE_WAY = 2;

    /// So that a cast is some 128 bytes with everything around it.
    private static final String PADDING = "x".repeat(32);

    private static final Duration LAST_BURSTS = Duration.ofSeconds(1);
    private static final long STUCK_NANOS = 2_000_000_000;

    private final Guests guests;
    private final String room;
    private final int casts;
    /// By table, each written by its own event loop: what came, and of which burst it has had everything.
    private final AtomicLongArray delivered;

    private final AtomicLongArray whole;
    private final long[] toCome;
    private final AtomicLong complete = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean isOver;

    private FanOutScenario(Guests guests, String room, int casts) {
        this.guests = guests;
        this.room = room;
        this.casts = casts;
        int tables = guests.tables().size();
        delivered = new AtomicLongArray(tables);
        whole = new AtomicLongArray(tables);
        toCome = new long[tables];
        for (int table = 0; table < tables; table++) {
            toCome[table] = due(table, 1);
        }
    }

    static List<Figure> measure(Server server, BenchPlan plan, int members, List<Integer> castsAFlush) {
        try (var guests = new Guests(plan.loops(), server)) {
            guests.seat(members);
            var room = "open:fan-" + members;
            guests.join(room, index -> true);
            return castsAFlush.stream()
                    .flatMap(casts -> new FanOutScenario(guests, room, casts).run(server, plan).stream())
                    .toList();
        }
    }

    @Override
    public void cast(Guest guest, long at) {
        var table = guest.table();
        table.times().record(table.now() - at);
        int number = guest.index() % toCome.length;
        delivered.setOpaque(number, delivered.getPlain(number) + 1);
        if (--toCome[number] == 0) {
            long burst = whole.getPlain(number) + 1;
            toCome[number] = due(number, burst + 1);
            whole.set(number, burst);
            next();
        }
    }

    private List<Figure> run(Server server, BenchPlan plan) {
        guests.listen(this);
        for (int i = 0; i < ON_THE_WAY; i++) {
            send();
        }
        Waiting.pass(plan.warmUp());
        Waiting.tidy();
        guests.takeTimes();
        long before = delivered();
        var meter = Meter.start(server.process());
        long stuck = pass(plan);
        var used = meter.stop();
        long count = delivered() - before;
        isOver = true;
        Waiting.pass(LAST_BURSTS);
        guests.listen(Scenario.NONE);
        return figures(used, count, stuck, Latencies.of(guests.takeTimes()));
    }

    private List<Figure> figures(Meter.Used used, long count, long stuck, Latencies took) {
        var what = "fan-out to " + guests.size() + ", " + casts + " a flush";
        return List.of(
                Figure.more(what + ": delivered", "1/s", (double) count / used.seconds()),
                Figure.less(what + ": server CPU", "us each", used.serverMicrosEach(count)),
                Figure.less(what + ": p99", "ms", took.p99Micros() / 1e3),
                Figure.note(what + ": client CPU", "processors", used.clientShare()),
                Figure.count(what + ": bursts that did not arrive", stuck));
    }

    /// @return how often a burst did not arrive whole, and another was sent all the same
    private long pass(BenchPlan plan) {
        long stuck = 0;
        long end = System.nanoTime() + plan.step().toNanos();
        long last = complete.get();
        long moved = System.nanoTime();
        while (System.nanoTime() < end) {
            Waiting.pass(plan.step().dividedBy(100));
            if (complete.get() != last) {
                last = complete.get();
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > STUCK_NANOS) {
                stuck++;
                moved = System.nanoTime();
                send();
            }
        }
        return stuck;
    }

    private long delivered() {
        long all = 0;
        for (int table = 0; table < delivered.length(); table++) {
            all += delivered.getOpaque(table);
        }
        return all;
    }

    /// When the last table has all of a burst, the next one leaves.
    private void next() {
        long slowest = Long.MAX_VALUE;
        for (int table = 0; table < whole.length(); table++) {
            slowest = Math.min(slowest, whole.get(table));
        }
        long known = complete.get();
        while (known < slowest) {
            if (complete.compareAndSet(known, known + 1)) {
                send();
            }
            known = complete.get();
        }
    }

    private void send() {
        if (isOver) {
            return;
        }
        long burst = sent.incrementAndGet();
        var sender = guests.get(sender(burst));
        var table = sender.table();
        table.loop().execute(() -> {
            for (int i = 0; i < casts; i++) {
                sender.write(table.dialect().cast(room, table.now(), burst * casts + i, PADDING));
            }
            sender.flush();
        });
    }

    private int sender(long burst) {
        return (int) (burst % guests.size());
    }

    /// What a table gets of a burst: one cast for each of its guests, but the sender.
    private long due(int table, long burst) {
        int tables = toCome.length;
        int seated = (guests.size() - table + tables - 1) / tables;
        int ofSender = sender(burst) % tables == table ? 1 : 0;
        return (long) casts * (seated - ofSender);
    }
}
