package dev.rookery.knative.load.player;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before trying again: full jitter, so that clients who lost the same server do not come back
/// together.
///
/// @param first   the bound of the first wait; it doubles with each attempt
/// @param longest the bound of every wait
public record Backoff(Duration first, Duration longest) {

    private static final int MAX_DOUBLINGS = 30;

    public Backoff {
        if (!first.isPositive() || first.compareTo(longest) > 0) {
            throw new IllegalArgumentException("first: " + first + " (expected: > 0 and at most " + longest + ")");
        }
    }

    /// @param attempt 0 for the first
    /// @return from nothing up to the attempt's bound, each as likely
    public Duration delay(int attempt, RandomGenerator random) {
        int doublings = Math.min(attempt, MAX_DOUBLINGS);
        boolean isLongest = first.toMillis() > longest.toMillis() >> doublings;
        long bound = isLongest ? longest.toMillis() : first.toMillis() << doublings;
        return Duration.ofMillis(random.nextLong(bound + 1));
    }
}
