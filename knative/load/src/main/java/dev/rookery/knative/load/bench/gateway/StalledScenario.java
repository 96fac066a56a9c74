package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.measure.Latencies;
import dev.rookery.knative.load.measure.Pace;
import dev.rookery.knative.load.socket.Ending;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// One room, casts at a steady rate, and one in twenty members stops reading: what the others feel of that, before and
/// while, and how the gateway gets rid of who does not read.
///
/// Those who stall are in a second room too, with a few who fill it: so much comes to them that a gateway soon has its
/// fill of them, at a rate that leaves the machine half idle. They read on when the first of them was let go, for a
/// server waits for the answer to its goodbye only so long, and who reads too late hears of no code.
final class StalledScenario implements Scenario {

    private static final int ONE_IN = 20;
    private static final int FILLERS = 4;
    private static final String ROOM = "open:stalled";
    private static final String FILLED = "open:stalled-filled";
    private static final int CASTS_PER_SECOND = 10;
    private static final String PADDING = "x".repeat(32);
    private static final int FILLS_PER_SECOND = 60;
    private static final String FILL = "x".repeat(8_000);
    private static final Duration UNTIL_FELT = Duration.ofSeconds(40);
    /// A little less than a gateway takes to let go who does not read.
    private static final Duration SENTINELS_AFTER = Duration.ofSeconds(8);

    /// Less than a gateway waits for the answer to its goodbye.
    private static final Duration UNTIL_OTHERS_FOLLOW = Duration.ofSeconds(1);

    private static final Duration UNTIL_BACK = Duration.ofSeconds(15);
    private static final long TICK_NANOS = 1_000_000;
    private static final int MAX_SENTINELS = 26;

    private final Guests guests;
    private final AtomicInteger tooSlow = new AtomicInteger();
    private final AtomicInteger lostOtherwise = new AtomicInteger();
    private long casts;
    private long fills;
    private volatile boolean isOver;

    private StalledScenario(Guests guests) {
        this.guests = guests;
    }

    static List<Figure> measure(Server server, BenchPlan plan) {
        try (var guests = new Guests(plan.loops(), server)) {
            guests.seat(plan.stalledMembers(), StalledScenario::stalls);
            guests.join(ROOM, index -> true);
            guests.join(FILLED, index -> stalls(index) || fills(index));
            var scenario = new StalledScenario(guests);
            guests.listen(scenario);
            return scenario.run(plan);
        }
    }

    @Override
    public void cast(Guest guest, long at) {
        if (!stalls(guest.index()) && !fills(guest.index())) {
            guest.table().times().record(guest.table().now() - at);
        }
    }

    @Override
    public void lost(Guest guest, Ending ending) {
        if (isOver) {
            return;
        }
        if (ending.code() == 4001) {
            tooSlow.incrementAndGet();
        } else {
            lostOtherwise.incrementAndGet();
        }
        guest.table().dial(guest);
    }

    private List<Figure> run(BenchPlan plan) {
        castFor(plan.warmUp(), Long.MAX_VALUE);
        Waiting.tidy();
        guests.takeTimes();
        castFor(plan.step().multipliedBy(2), Long.MAX_VALUE);
        var before = Latencies.of(guests.takeTimes());
        int resumed = guests.resumed();
        Waiting.tidy();
        guests.takeTimes();
        stall();
        int asked = castFor(UNTIL_FELT, SENTINELS_AFTER.toNanos());
        var during = Latencies.of(guests.takeTimes());
        Waiting.pass(UNTIL_OTHERS_FOLLOW);
        guests.each(Guest::readOn);
        // Who was asked and let go is among the closed; who was asked before that reads on and stays.
        int due = guests.size() / ONE_IN - asked;
        Waiting.until(
                UNTIL_BACK,
                () -> closed() > due && guests.ready() == guests.size() && guests.resumed() - resumed >= closed());
        isOver = true;
        var what = guests.size() + " members, 1 in " + ONE_IN + " stalled";
        return List.of(
                Figure.less(what + ": others' p99 before", "ms", before.p99Micros() / 1e3),
                Figure.less(what + ": others' p99 while they stall", "ms", during.p99Micros() / 1e3),
                Figure.less(
                        what + ": p99 while over before",
                        "",
                        (double) during.p99Micros() / (double) Math.max(1, before.p99Micros())),
                Figure.count(what + ": stalled", guests.size() / ONE_IN),
                Figure.count(what + ": read on before they were let go", asked - 1),
                Figure.count(what + ": closed with 4001", tooSlow.get()),
                Figure.count(what + ": closed otherwise", lostOtherwise.get()),
                Figure.count(what + ": resumed", guests.resumed() - resumed));
    }

    private int closed() {
        return tooSlow.get() + lostOtherwise.get();
    }

    private void stall() {
        guests.each(guest -> {
            if (stalls(guest.index())) {
                guest.stall();
            }
        });
    }

    /// @param sentinels after so many nanoseconds one more of the stalled reads on now and then, and the time is over
    ///                  when one of them was let go
    /// @return how many read on
    private int castFor(Duration length, long sentinels) {
        var clock = guests.tables().getFirst();
        long begin = clock.now();
        var casting = new Pace(CASTS_PER_SECOND, begin);
        var filling = new Pace(FILLS_PER_SECOND, begin);
        long cast = 0;
        long filled = 0;
        int asked = 0;
        long apart = UNTIL_FELT.minus(SENTINELS_AFTER).toNanos() / Math.min(MAX_SENTINELS, guests.size() / ONE_IN);
        while (clock.now() - begin < length.toNanos() && (sentinels == Long.MAX_VALUE || closed() == 0)) {
            for (; cast < casting.due(clock.now()); cast++) {
                cast(casting.at(cast));
            }
            for (; filled < filling.due(clock.now()); filled++) {
                fill(filling.at(filled));
            }
            long since = clock.now() - begin - sentinels;
            for (; since > 0 && asked < since / apart && asked < guests.size() / ONE_IN; asked++) {
                var sentinel = guests.get(asked * ONE_IN);
                sentinel.table().loop().execute(sentinel::readOn);
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
        return asked;
    }

    private void cast(long at) {
        long number = casts++;
        var sender = guests.get((int) (FILLERS + 1 + number % (ONE_IN - FILLERS - 1)));
        sender.table().loop().execute(() -> sender.send(sender.table().dialect().cast(ROOM, at, number, PADDING)));
    }

    private void fill(long at) {
        long number = fills++;
        var sender = guests.get((int) (1 + number % FILLERS));
        sender.table().loop().execute(() -> sender.send(sender.table().dialect().cast(FILLED, at, number, FILL)));
    }

    private static boolean fills(int guest) {
        return guest >= 1 && guest <= FILLERS;
    }

    private static boolean stalls(int guest) {
        return guest % ONE_IN == 0;
    }
}
