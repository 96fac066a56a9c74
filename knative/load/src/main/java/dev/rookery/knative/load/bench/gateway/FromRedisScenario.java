package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.measure.Latencies;
import dev.rookery.knative.load.measure.Pace;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// What another pod casts to a room of a thousand, at a steady rate that leaves the machine half idle: the time from
/// when it is handed to Redis until a member has it.
final class FromRedisScenario implements Scenario {

    private static final String ROOM = "open:from-redis";
    private static final int MEMBERS = 1_000;
    private static final int CASTS_PER_SECOND = 20;
    private static final String PADDING = "x".repeat(32);
    private static final Duration LAST_CASTS = Duration.ofSeconds(2);
    private static final long TICK_NANOS = 500_000;

    private final LongAdder received = new LongAdder();

    /// @param redis `redis://host:port`, the platform's
    static List<Figure> measure(Server server, URI redis, BenchPlan plan) {
        try (var guests = new Guests(plan.loops(), server);
                var publisher = RedisPublisher.connect(redis)) {
            guests.seat(MEMBERS);
            guests.join(ROOM, index -> true);
            var scenario = new FromRedisScenario();
            guests.listen(scenario);
            publish(guests, publisher, plan.warmUp());
            Waiting.pass(LAST_CASTS);
            Waiting.tidy();
            guests.takeTimes();
            long before = scenario.received.sum();
            var meter = Meter.start(server.process());
            long due = publish(guests, publisher, plan.step().multipliedBy(2)) * MEMBERS;
            var used = meter.stop();
            Waiting.until(LAST_CASTS, () -> scenario.received.sum() - before >= due);
            var took = Latencies.of(guests.takeTimes());
            var what = "Redis to " + MEMBERS + " sockets, " + CASTS_PER_SECOND * MEMBERS + "/s";
            return List.of(
                    Figure.less(what + ": p50", "ms", took.p50Micros() / 1e3),
                    Figure.less(what + ": p99", "ms", took.p99Micros() / 1e3),
                    Figure.note(what + ": server CPU", "processors", used.serverCpu() / used.seconds()),
                    Figure.note(what + ": client CPU", "processors", used.clientShare()),
                    Figure.count(what + ": did not arrive", due - took.count()));
        }
    }

    @Override
    public void cast(Guest guest, long at) {
        received.increment();
        guest.table().times().record(guest.table().now() - at);
    }

    /// @return how many were published
    private static long publish(Guests guests, RedisPublisher publisher, Duration length) {
        var clock = guests.tables().getFirst();
        var pace = new Pace(CASTS_PER_SECOND, clock.now());
        long sent = 0;
        while (clock.now() - pace.begin() < length.toNanos()) {
            for (; sent < pace.due(clock.now()); sent++) {
                var frame = "{\"op\":\"cast\",\"room\":\"" + ROOM + "\",\"from\":\"p-elsewhere\",\"data\":{\"at\":"
                        + pace.at(sent) + ",\"n\":" + sent + ",\"pad\":\"" + PADDING + "\"}}";
                // As one gateway tells it to the others: see RoomMessage of eventing/stream.
                publisher.publish("rookery:room:{" + ROOM + "}", "C\tbenchmark\t\n" + frame);
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
        return sent;
    }
}
