package dev.rookery.knative.load.bench;

import java.time.Duration;
import java.util.List;

/// How the round trip is measured.
///
/// @param step    length of one rate
/// @param players at most
/// @param maxRate commands a second that are never reached
public record TripPlan(Duration step, int players, int maxRate) {

    /// Commands a second that are always measured.
    static final List<Integer> RATES = List.of(1, 50, 200);

    /// 99 of 100 trips are to be faster for a rate to hold.
    static final Duration P99_LIMIT = Duration.ofMillis(250);

    static final int SEARCH_TRIES = 8;

    /// For answers that are still due when a step ends; what comes later than that is lost.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int WARM_UP_RATE = 50;
    private static final int STEPS_IN_ALL = 18;
    private static final int CEILINGS = 6;

    public TripPlan {
        if (step.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("seconds: " + step.toSeconds() + " (expected: >= 1)");
        }
        if (players < 1) {
            throw new IllegalArgumentException("players: " + players + " (expected: >= 1)");
        }
        if (maxRate < 2) {
            throw new IllegalArgumentException("max-rate: " + maxRate + " (expected: >= 2)");
        }
    }

    int warmUpRate() {
        return WARM_UP_RATE;
    }

    /// After which no other rate is tried, so that the ceilings are measured in the same run and in time.
    Duration search() {
        return step.multipliedBy(STEPS_IN_ALL).minus(ceiling().multipliedBy(2 * CEILINGS));
    }

    /// Length of one ceiling.
    Duration ceiling() {
        return step.dividedBy(4);
    }

    /// One player for each command a second, as far as they go: commands of one player wait for each other, and
    /// those of different players do not.
    int players(int perSecond) {
        return Math.min(perSecond, players);
    }

    /// Two seconds' worth, and never so few that a slow start looks like a rate that does not hold.
    static int maxUnanswered(int perSecond) {
        return Math.max(100, 2 * perSecond);
    }
}
