package dev.rookery.knative.load.measure;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/// Asks at a steady rate, whatever comes back, as people do who know nothing of each other.
///
/// The idea: each request has a moment at which it is to be sent, fixed beforehand, and its latency counts from
/// there. When the server, or this program, stalls, the requests of that time wait, and their waiting is in the
/// figures. A loop that waits for each answer would send less just then, and leave out the worst (coordinated
/// omission).
///
/// @param perSecond     requests
/// @param length        for which is asked
/// @param patience      for the last answers, after that
/// @param maxUnanswered at which it is cut short: the rate does not hold, and the rest would only wait
public record OpenLoop(int perSecond, Duration length, Duration patience, int maxUnanswered) {

    private static final long LOOK_NANOS = 1_000_000;

    public OpenLoop {
        if (perSecond < 1) {
            throw new IllegalArgumentException("perSecond: " + perSecond + " (expected: >= 1)");
        }
        if (!length.isPositive()) {
            throw new IllegalArgumentException("length: " + length + " (expected: > 0)");
        }
        if (maxUnanswered < 1) {
            throw new IllegalArgumentException("maxUnanswered: " + maxUnanswered + " (expected: >= 1)");
        }
    }

    /// Blocks until it is over.
    ///
    /// @param request given its number, from 0, sends it without blocking
    public Step run(LongFunction<? extends CompletionStage<?>> request) {
        return run(request, () -> true);
    }

    /// Goes on after its length until something else is over; that has a bound of its own.
    ///
    /// @param isOver asked at each request after the length
    public Step run(LongFunction<? extends CompletionStage<?>> request, BooleanSupplier isOver) {
        long least = Math.max(1, perSecond * length.toMillis() / 1_000);
        var running = new Running();
        long begin = System.nanoTime();
        long sent = 0;
        while (sent < least || !isOver.getAsBoolean()) {
            if (running.unanswered() >= maxUnanswered) {
                running.waitForTheRest(patience);
                return running.step(perSecond, Math.max(least, sent + 1), sent);
            }
            long due = begin + sent * 1_000_000_000 / perSecond;
            waitUntil(due);
            running.send(request, sent, due);
            sent++;
        }
        running.waitForTheRest(patience);
        return running.step(perSecond, sent, sent);
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /// What is known so far; answers come on other threads.
    private static final class Running {

        private final ConcurrentHistogram micros = Histograms.micros();
        private final Map<String, Long> failures = new ConcurrentHashMap<>();
        private final AtomicLong unanswered = new AtomicLong();

        long unanswered() {
            return unanswered.get();
        }

        void send(LongFunction<? extends CompletionStage<?>> request, long number, long due) {
            unanswered.incrementAndGet();
            request.apply(number).whenComplete((answer, failure) -> answered(due, failure));
        }

        void waitForTheRest(Duration patience) {
            long deadline = System.nanoTime() + patience.toNanos();
            while (unanswered() > 0 && deadline - System.nanoTime() > 0) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }

        Step step(int perSecond, long intended, long sent) {
            return new Step(perSecond, intended, sent, failures, unanswered(), Latencies.of(micros.copy()));
        }

        private void answered(long due, @Nullable Throwable failure) {
            if (failure == null) {
                Histograms.record(micros, System.nanoTime() - due);
            } else {
                failures.merge(name(failure), 1L, Long::sum);
            }
            unanswered.decrementAndGet();
        }

        private static String name(Throwable failure) {
            var cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return cause.getClass().getSimpleName() + ": " + cause.getMessage();
        }
    }
}
