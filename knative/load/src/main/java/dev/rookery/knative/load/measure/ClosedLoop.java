package dev.rookery.knative.load.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.ConcurrentHistogram;

/// Asks again as soon as it is answered, over a number of connections: how fast a server can be, not how it
/// feels.
///
/// @param length of what counts; a fifth of it goes before and does not
public record ClosedLoop(Duration length) {

    private static final int WARM_UP_PARTS = 5;

    public ClosedLoop {
        if (!length.isPositive()) {
            throw new IllegalArgumentException("length: " + length + " (expected: > 0)");
        }
    }

    /// Something that asks once and waits for the answer; one a connection, each used by one thread.
    @FunctionalInterface
    public interface Ask {
        void ask() throws Exception;
    }

    /// @param perSecond answers, over all connections
    public record Speed(double perSecond, Latencies latencies) {}

    /// Blocks until it is over.
    ///
    /// @throws IllegalStateException when any ask fails: half a figure is none
    public Speed run(List<? extends Ask> connections) {
        var micros = Histograms.micros();
        long begin = System.nanoTime() + length.toNanos() / WARM_UP_PARTS;
        long end = begin + length.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asking = new ArrayList<Future<?>>();
            for (var connection : connections) {
                asking.add(threads.submit(asking(connection, begin, end, micros)));
            }
            for (var each : asking) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the measurement failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
        return new Speed(micros.getTotalCount() * 1e9 / length.toNanos(), Latencies.of(micros));
    }

    private static Callable<Void> asking(Ask connection, long begin, long end, ConcurrentHistogram micros) {
        return () -> {
            for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
                connection.ask();
                long answered = System.nanoTime();
                if (answered - begin >= 0 && answered - end < 0) {
                    Histograms.record(micros, answered - now);
                }
            }
            return null;
        };
    }
}
