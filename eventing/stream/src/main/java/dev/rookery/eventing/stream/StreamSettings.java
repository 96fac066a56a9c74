package dev.rookery.eventing.stream;

import java.time.Duration;

/// How much history a player's stream keeps: an event goes only when it is neither among the newest `minEvents`
/// nor younger than `minAge`, or when there are more than `maxEvents`.
///
/// @param minEvents events that are always there
/// @param minAge    time that an event is always there
/// @param maxEvents the bound that holds whatever the age; a player at 50 commands a second for 10 minutes stays
/// below it
/// @param idle      a stream that nobody opened or appended to for so long is forgotten, its epoch with it
public record StreamSettings(int minEvents, Duration minAge, int maxEvents, Duration idle) {

    public static final StreamSettings DEFAULT =
            new StreamSettings(1_000, Duration.ofMinutes(10), 32_768, Duration.ofHours(24));

    public StreamSettings {
        if (minEvents < 1) {
            throw new IllegalArgumentException("minEvents: " + minEvents + " (expected: >= 1)");
        }
        if (maxEvents < minEvents) {
            throw new IllegalArgumentException(
                    "maxEvents: " + maxEvents + " (expected: >= minEvents " + minEvents + ")");
        }
        if (!minAge.isPositive()) {
            throw new IllegalArgumentException("minAge: " + minAge + " (expected: > 0)");
        }
        if (idle.compareTo(minAge) < 0) {
            throw new IllegalArgumentException("idle: " + idle + " (expected: >= minAge " + minAge + ")");
        }
    }
}
