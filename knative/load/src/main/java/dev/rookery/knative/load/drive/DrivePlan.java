package dev.rookery.knative.load.drive;

import java.time.Duration;

/// What is done with the members of a swarm, once they are there.
///
/// @param ramp              over which they come, evenly
/// @param castsPerSecond    over all rooms
/// @param commandsPerSecond over all members
/// @param storm             after each of these a share of the connections is cut; zero for never
/// @param stormPercent      of the connections that are cut
/// @param duration          after the ramp
public record DrivePlan(
        Duration ramp,
        long castsPerSecond,
        long commandsPerSecond,
        Duration storm,
        int stormPercent,
        Duration duration) {

    private static final long MAX_PER_SECOND = 1_000_000;
    private static final Duration MAX_DURATION = Duration.ofHours(24);

    public DrivePlan {
        require(!ramp.isNegative() && ramp.compareTo(MAX_DURATION) <= 0, "ramp: " + ramp + " (expected: 0..24 h)");
        require(
                duration.isPositive() && duration.compareTo(MAX_DURATION) <= 0,
                "duration: " + duration + " (expected: > 0, at most 24 h)");
        requireRate("casts-per-second", castsPerSecond);
        requireRate("commands-per-second", commandsPerSecond);
        require(!storm.isNegative(), "storm: " + storm + " (expected: >= 0)");
        require(stormPercent >= 1 && stormPercent <= 100, "storm-percent: " + stormPercent + " (expected: 1..100)");
    }

    private static void requireRate(String name, long perSecond) {
        require(
                perSecond >= 0 && perSecond <= MAX_PER_SECOND,
                name + ": " + perSecond + " (expected: 0.." + MAX_PER_SECOND + ")");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
