package dev.rookery.knative.load.measure;

import java.util.Locale;
import org.HdrHistogram.AbstractHistogram;

/// What a number of answers took, in microseconds.
///
/// @param count answers; the rest is 0 when there was none
public record Latencies(long count, long p50Micros, long p90Micros, long p99Micros, long maxMicros) {

    public static Latencies of(AbstractHistogram micros) {
        if (micros.getTotalCount() == 0) {
            return new Latencies(0, 0, 0, 0, 0);
        }
        return new Latencies(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50),
                micros.getValueAtPercentile(90),
                micros.getValueAtPercentile(99),
                micros.getMaxValue());
    }

    /// As a person reads it, in milliseconds; a dash when nothing was answered.
    public String shown(long micros) {
        return count == 0 ? "-" : String.format(Locale.ROOT, micros < 10_000 ? "%.2f" : "%.1f", micros / 1e3);
    }
}
