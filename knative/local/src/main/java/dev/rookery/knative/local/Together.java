package dev.rookery.knative.local;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Starts or ends several things side by side.
final class Together {

    private Together() {}

    /// Runs the tasks, each on a thread of its own, and waits for all of them.
    ///
    /// @throws IllegalStateException when one fails, after all have ended; or when this thread is interrupted, and
    /// then the tasks are too
    static void run(Collection<? extends FutureTask<?>> tasks) {
        var threads = tasks.stream()
                .map(task -> Thread.ofVirtual().name("together").start(task))
                .toList();
        try {
            for (var thread : threads) {
                thread.join();
            }
            for (var task : tasks) {
                task.get();
            }
        } catch (ExecutionException e) {
            var cause = Objects.requireNonNull(e.getCause());
            throw new IllegalStateException(String.valueOf(cause.getMessage()), cause);
        } catch (InterruptedException e) {
            tasks.forEach(task -> task.cancel(true));
            awaitAll(threads);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting or ending", e);
        }
    }

    private static void awaitAll(List<Thread> threads) {
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // They have been told to end and will: leaving before they have would leave processes behind.
                awaitAll(threads);
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
