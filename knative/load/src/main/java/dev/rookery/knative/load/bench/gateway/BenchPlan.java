package dev.rookery.knative.load.bench.gateway;

import java.time.Duration;
import java.util.List;

/// How much of everything.
///
/// @param warmUp before each step, which does not count: long enough that a JVM has compiled what the step needs
/// @param step   that counts
/// @param idle   for how long nothing is done with connections that only wait: at least one heartbeat of each
/// @param rooms  members of the rooms in which is cast
/// @param flush  casts that are sent at once
public record BenchPlan(
        int loops,
        Duration warmUp,
        Duration step,
        Duration idle,
        int echoConnections,
        int echoPerSecond,
        List<Integer> rooms,
        List<Integer> flush,
        int idleConnections,
        int stormClients,
        int stalledMembers,
        int abusedClients) {

    public BenchPlan {
        rooms = List.copyOf(rooms);
        flush = List.copyOf(flush);
    }

    static BenchPlan whole(int loops) {
        return new BenchPlan(
                loops,
                Duration.ofSeconds(8),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                2_000,
                5_000,
                List.of(1_000, 10_000),
                List.of(1, 16),
                15_000,
                2_000,
                2_000,
                1_000);
    }

    /// To see that everything works; its figures are of a machine that is not warm.
    static BenchPlan quick(int loops) {
        return new BenchPlan(
                loops,
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                200,
                1_000,
                List.of(100, 1_000),
                List.of(1, 16),
                1_000,
                200,
                200,
                100);
    }
}
