package dev.rookery.knative.load.bench;

import dev.rookery.knative.load.measure.Latencies;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/// What was waited for, by the second in which it was asked. Safe for use by many threads.
final class WaitsBySecond {

    private static final long SECOND_MICROS = 1_000_000;
    private static final int DIGITS = 3;
    private static final int PAUSE_MILLIS = 20;
    /// Steady is what is at most so many times what it is in the end.
    private static final int TIMES = 2;

    private final List<ConcurrentHistogram> micros;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    WaitsBySecond(int seconds) {
        micros = Stream.generate(() -> new ConcurrentHistogram(DIGITS))
                .limit(seconds)
                .toList();
    }

    void asked(int second) {
        if (second >= micros.size()) {
            throw new IllegalArgumentException("second: " + second + " (expected: < " + micros.size() + ")");
        }
        asked.incrementAndGet();
    }

    void answered(int second, long nanos, @Nullable Throwable failure) {
        if (failure == null) {
            micros.get(second).recordValue(Math.max(0, nanos / 1_000));
        } else {
            failed.incrementAndGet();
        }
        answered.incrementAndGet();
    }

    long asked() {
        return asked.get();
    }

    long failed() {
        return failed.get();
    }

    long unanswered() {
        return asked.get() - answered.get();
    }

    /// @return false when something is unanswered still
    boolean awaitAll(Duration bound) throws InterruptedException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (unanswered() > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return unanswered() == 0;
    }

    List<Latencies> seconds() {
        return micros.stream().map(each -> Latencies.of(each.copy())).toList();
    }

    /// The first second from which on none waits twice as long, at the median, as the last ones do; none when only the
    /// last ones are so, or when they wait for more than a second, behind what was asked before them.
    static Optional<Integer> steadyFrom(List<Latencies> seconds) {
        int last = Math.max(1, seconds.size() / 5);
        if (seconds.size() <= last) {
            return Optional.empty();
        }
        double end = seconds.subList(seconds.size() - last, seconds.size()).stream()
                .mapToLong(Latencies::p50Micros)
                .average()
                .orElse(0);
        if (end > SECOND_MICROS) {
            return Optional.empty();
        }
        int from = IntStream.iterate(seconds.size() - 1, n -> n >= 0, n -> n - 1)
                        .filter(n -> seconds.get(n).p50Micros() > TIMES * end)
                        .findFirst()
                        .orElse(-1)
                + 1;
        return from < seconds.size() - last ? Optional.of(from) : Optional.empty();
    }
}
