package dev.rookery.knative.load.measure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;

/// Histograms of microseconds, up to ten minutes, right to a thousandth.
final class Histograms {

    static final long LONGEST_MICROS = Duration.ofMinutes(10).toNanos() / 1_000;
    static final int DIGITS = 3;

    private Histograms() {}

    static ConcurrentHistogram micros() {
        return new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    }

    static void record(ConcurrentHistogram micros, long nanos) {
        micros.recordValue(micros(nanos));
    }

    /// What can be recorded of a time.
    static long micros(long nanos) {
        return Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 1, LONGEST_MICROS);
    }
}
