package dev.rookery.knative.load.bench.money;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A bounded number of deliveries at a time, as the dispatcher makes them: what comes while all connections are
/// busy waits, and its waiting counts.
///
/// Safe for use by many threads.
final class Lanes implements AutoCloseable {

    private final Endpoint endpoint;
    private final BlockingQueue<Waiting> waiting;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// @param connections deliveries at a time
    /// @param maxWaiting  beside those
    Lanes(Endpoint endpoint, int connections, int maxWaiting) {
        this.endpoint = endpoint;
        this.waiting = new ArrayBlockingQueue<>(maxWaiting);
        for (int lane = 0; lane < connections; lane++) {
            threads.execute(() -> new Lane().run());
        }
    }

    /// Never blocks.
    ///
    /// @return completed when the function has taken it
    CompletableFuture<Void> deliver(Delivery delivery) {
        var taken = new CompletableFuture<Void>();
        if (!waiting.offer(new Waiting(delivery, taken))) {
            taken.completeExceptionally(new IllegalStateException(
                    "deliveries that wait: " + waiting.size() + " (expected: fewer than that before another one)"));
        }
        return taken;
    }

    /// What still runs or waits is given up.
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
        for (var left = waiting.poll(); left != null; left = waiting.poll()) {
            left.taken().completeExceptionally(new IllegalStateException("given up"));
        }
    }

    private record Waiting(Delivery delivery, CompletableFuture<Void> taken) {}

    private final class Lane {

        private Endpoint.@Nullable Connection connection;

        void run() {
            try {
                while (true) {
                    deliver(waiting.take());
                }
            } catch (InterruptedException e) {
                hangUp();
            }
        }

        private void deliver(Waiting next) throws InterruptedException {
            try {
                connected().deliver(next.delivery());
                next.taken().complete(null);
            } catch (IOException e) {
                hangUp();
                next.taken().completeExceptionally(e);
            } catch (IllegalStateException e) {
                next.taken().completeExceptionally(e);
            } catch (InterruptedException e) {
                next.taken().completeExceptionally(e);
                throw e;
            }
        }

        private Endpoint.Connection connected() throws IOException {
            var open = connection;
            if (open == null) {
                open = endpoint.open();
                connection = open;
            }
            return open;
        }

        private void hangUp() {
            var open = connection;
            connection = null;
            try {
                if (open != null) {
                    open.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
