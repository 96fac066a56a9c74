package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.measure.Latencies;
import dev.rookery.knative.load.socket.Ending;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Clients who ask once a second, and one who asks as fast as the server takes it: what the others feel of that.
///
/// The abuser is a part of this program and takes the machine's time whoever it abuses. So it first does the same to a
/// [Sink], which shows what of it the server has no part in. It has an event loop of its own, and waits a moment
/// when its messages do not leave this process.
final class AbuserScenario implements Scenario {

    private static final Duration LAST_ANSWERS = Duration.ofMillis(300);
    private static final int AT_ONCE = 64;
    private static final long PAUSE_MILLIS = 1;

    private AbuserScenario() {}

    static List<Figure> measure(Server server, BenchPlan plan) {
        try (var guests = new Guests(plan.loops(), server);
                var sink = Sink.open(server.others())) {
            guests.seat(plan.abusedClients());
            guests.listen(new AbuserScenario());
            EchoScenario.steadily(guests, plan.abusedClients(), plan.warmUp());
            var before = asked(guests, plan, () -> {});
            var elsewhere = whileAbused(guests, plan, server.forOthersAt(sink.address()), new Abuse());
            var abuse = new Abuse();
            var here = whileAbused(guests, plan, server.forOthers(), abuse);
            var what = "one abuser beside " + guests.size();
            return List.of(
                    Figure.less(what + ": others' p99 before", "ms", before.p99Micros() / 1e3),
                    Figure.less(what + ": others' p99 while it abuses a sink", "ms", elsewhere.p99Micros() / 1e3),
                    Figure.less(what + ": others' p99 while it abuses the server", "ms", here.p99Micros() / 1e3),
                    Figure.less(
                            what + ": server over sink",
                            "",
                            (double) here.p99Micros() / (double) Math.max(1, elsewhere.p99Micros())),
                    Figure.note(what + ": it asked", "1/s", perSecond(abuse.asked, plan)),
                    Figure.note(what + ": it was answered", "1/s", perSecond(abuse.pongs, plan)),
                    Figure.count(what + ": it was closed", abuse.closed.get()));
        }
    }

    private static Latencies whileAbused(Guests guests, BenchPlan plan, Server abused, Abuse abuse) {
        try (var abuser = new Guests(1, abused)) {
            abuser.seat(1);
            abuser.listen(abuse);
            var during = asked(guests, plan, () -> abuser.each(abuse::ask));
            abuse.isOver = true;
            return during;
        }
    }

    private static double perSecond(AtomicLong count, BenchPlan plan) {
        return (double) count.get() / (double) length(plan).toSeconds();
    }

    /// So long that one pause of anybody's is not yet a hundredth of all.
    private static Duration length(BenchPlan plan) {
        return plan.step().multipliedBy(4);
    }

    @Override
    public void pong(Guest guest, long at) {
        guest.table().times().record(guest.table().now() - at);
    }

    private static Latencies asked(Guests guests, BenchPlan plan, Runnable begun) {
        Waiting.tidy();
        guests.takeTimes();
        begun.run();
        EchoScenario.steadily(guests, plan.abusedClients(), length(plan));
        Waiting.pass(LAST_ANSWERS);
        return Latencies.of(guests.takeTimes());
    }

    private static final class Abuse implements Scenario {

        private final AtomicLong asked = new AtomicLong();
        private final AtomicLong pongs = new AtomicLong();
        private final AtomicInteger closed = new AtomicInteger();
        private volatile boolean isOver;

        void ask(Guest guest) {
            var loop = guest.table().loop();
            if (isOver || loop.isShuttingDown()) {
                return;
            }
            if (guest.isClogged()) {
                loop.schedule(() -> ask(guest), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                return;
            }
            for (int i = 0; i < AT_ONCE; i++) {
                guest.write(guest.table().dialect().ping(guest.table().now()));
            }
            guest.flush();
            asked.addAndGet(AT_ONCE);
            loop.execute(() -> ask(guest));
        }

        @Override
        public void pong(Guest guest, long at) {
            pongs.incrementAndGet();
        }

        @Override
        public void lost(Guest guest, Ending ending) {
            closed.incrementAndGet();
            if (!isOver) {
                guest.table().dial(guest);
            }
        }
    }
}
