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
/// @param length of what counts; a fifth of it goes before and does not, with one answer a connection at least
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
        ask(connections, length.dividedBy(WARM_UP_PARTS), Histograms.micros());
        var micros = Histograms.micros();
        ask(connections, length, micros);
        return new Speed(micros.getTotalCount() * 1e9 / length.toNanos(), Latencies.of(micros));
    }

    private static void ask(List<? extends Ask> connections, Duration length, ConcurrentHistogram micros) {
        long end = System.nanoTime() + length.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asking = new ArrayList<Future<?>>();
            for (var connection : connections) {
                asking.add(threads.submit(asking(connection, end, micros)));
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
    }

    private static Callable<Void> asking(Ask connection, long end, ConcurrentHistogram micros) {
        return () -> {
            long asked;
            do {
                asked = System.nanoTime();
                connection.ask();
                long answered = System.nanoTime();
                if (answered - end < 0) {
                    Histograms.record(micros, answered - asked);
                }
            } while (asked - end < 0);
            return null;
        };
    }
}
