package dev.rookery.knative.load.bench.gateway;

import java.time.Duration;
import java.util.List;

/// Connections that do nothing: what each costs in memory, and all of them in processor time for heartbeats.
final class IdleScenario {

    private static final Duration SETTLE = Duration.ofSeconds(10);

    private IdleScenario() {}

    static List<Figure> measure(Server server, BenchPlan plan) {
        try (var guests = new Guests(plan.loops(), server)) {
            // What the first connections of all cost is the server's, not theirs.
            guests.seat(plan.idleConnections() / 100);
            long before = server.process().residentKilobytes();
            int more = plan.idleConnections() - guests.size();
            guests.seat(plan.idleConnections());
            Waiting.pass(SETTLE);
            long after = server.process().residentKilobytes();
            var meter = Meter.start(server.process());
            Waiting.pass(plan.idle());
            var used = meter.stop();
            var what = plan.idleConnections() + " idle connections";
            return List.of(
                    Figure.less(what + ": memory", "KB each", (double) (after - before) / (double) more),
                    Figure.less(what + ": server CPU", "% of one", 100 * used.serverCpu() / used.seconds()));
        }
    }
}
