package dev.rookery.knative.load.measure;

/// When each of a number of things is due that are to happen at a steady rate, whatever comes of them.
///
/// @param perSecond 0 for never
/// @param begin     in nanoseconds of [System#nanoTime]
public record Pace(long perSecond, long begin) {

    private static final long NANOS = 1_000_000_000;

    public Pace {
        if (perSecond < 0 || perSecond > NANOS) {
            throw new IllegalArgumentException("perSecond: " + perSecond + " (expected: 0.." + NANOS + ")");
        }
    }

    /// How many are due by now, the first at the beginning.
    public long due(long now) {
        long since = now - begin;
        if (since < 0 || perSecond == 0) {
            return 0;
        }
        return since / NANOS * perSecond + since % NANOS * perSecond / NANOS + 1;
    }

    /// @param number from 0
    public long at(long number) {
        return begin + number / perSecond * NANOS + number % perSecond * NANOS / perSecond;
    }
}
