package dev.rookery.eventing.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How much history the stream of a player or a room keeps: an event goes only when it is neither among the newest
/// `minEvents` nor younger than `minAge`, or when there are more than `maxEvents`.
///
/// @param minEvents events that are always there
/// @param minAge    time that an event is always there
/// @param maxEvents the bound that holds whatever the age; a player at 50 commands a second for 10 minutes stays
/// below it
/// @param ackGrace  time that an event stays although its player's client has acknowledged it: longer than a
/// function may take to tell it again, which it does after a minute, by a timer that comes every ten when it is at zero
/// @param idle      a stream that nobody opened or appended to for so long is forgotten, its epoch with it; so
/// are the grants of a room
@ConfigurationProperties("rookery.stream")
public record StreamSettings(
        @DefaultValue("1000") int minEvents,
        @DefaultValue("10m") Duration minAge,
        @DefaultValue("32768") int maxEvents,
        @DefaultValue("15m") Duration ackGrace,
        @DefaultValue("24h") Duration idle) {

    public static final StreamSettings DEFAULT =
            new StreamSettings(1_000, Duration.ofMinutes(10), 32_768, Duration.ofMinutes(15), Duration.ofHours(24));

    public StreamSettings {
        if (minEvents < 1) {
            throw new IllegalArgumentException("rookery.stream.min-events: " + minEvents + " (expected: >= 1)");
        }
        if (maxEvents < minEvents) {
            throw new IllegalArgumentException("rookery.stream.max-events: " + maxEvents
                    + " (expected: >= rookery.stream.min-events, " + minEvents + ")");
        }
        if (!minAge.isPositive()) {
            throw new IllegalArgumentException("rookery.stream.min-age: " + minAge + " (expected: > 0)");
        }
        if (ackGrace.isNegative()) {
            throw new IllegalArgumentException("rookery.stream.ack-grace: " + ackGrace + " (expected: >= 0)");
        }
        if (idle.compareTo(minAge) < 0) {
            throw new IllegalArgumentException(
                    "rookery.stream.idle: " + idle + " (expected: >= rookery.stream.min-age, " + minAge + ")");
        }
    }
}
