package dev.rookery.knative.load.measure;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/// Times that one thread records and another takes away while it goes on.
public final class Times {

    private final SingleWriterRecorder micros =
            new SingleWriterRecorder(1, Histograms.LONGEST_MICROS, Histograms.DIGITS);
    private @Nullable Histogram spare;

    /// Called by the one thread that records.
    public void record(long nanos) {
        micros.recordValue(Histograms.micros(nanos));
    }

    /// Adds what was recorded since the last call; called by the one thread that takes.
    ///
    /// @param to in microseconds, with the range of [#histogram]
    public void moveTo(Histogram to) {
        spare = micros.getIntervalHistogram(spare);
        to.add(spare);
    }

    public static Histogram histogram() {
        return new Histogram(1, Histograms.LONGEST_MICROS, Histograms.DIGITS);
    }
}
