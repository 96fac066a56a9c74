package dev.rookery.knative.local.manifest;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/// When a PingSource fires: at the full minutes of every hour that are multiples of a number, by UTC.
///
/// Of cron's language that is `* * * * *` and `*/N * * * *`; nothing else is used, and nothing else is understood.
///
/// @param minutes 1 to 59; as in cron, 7 means the minutes 0, 7, …, 56 and then 0 again
public record Schedule(int minutes) {

    private static final Pattern CRON = Pattern.compile("\\*(?:/([1-9][0-9]?))? \\* \\* \\* \\*");
    private static final int MINUTES_PER_HOUR = 60;

    public Schedule {
        if (minutes < 1 || minutes >= MINUTES_PER_HOUR) {
            throw new IllegalArgumentException("minutes: " + minutes + " (expected: 1..59)");
        }
    }

    /// @throws IllegalArgumentException when it is another schedule than those
    static Schedule parse(String cron) {
        var matched = CRON.matcher(cron);
        int minutes = 0;
        if (matched.matches()) {
            minutes = matched.group(1) == null ? 1 : Integer.parseInt(matched.group(1));
        }
        if (minutes < 1 || minutes >= MINUTES_PER_HOUR) {
            throw new IllegalArgumentException(
                    "spec.schedule: " + cron + " (expected: * * * * * or */N * * * *, N from 1 to 59)");
        }
        return new Schedule(minutes);
    }

    /// The first firing after a moment.
    public Instant next(Instant after) {
        long minute =
                Math.floorDiv(after.getEpochSecond(), Duration.ofMinutes(1).toSeconds());
        do {
            minute++;
        } while (minute % MINUTES_PER_HOUR % minutes != 0);
        return Instant.ofEpochSecond(minute * Duration.ofMinutes(1).toSeconds());
    }
}
