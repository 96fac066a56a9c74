package dev.rookery.knative.load.player;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The one thread on which everything runs that belongs to a client's players, so that nothing of it is locked.
final class Home implements AutoCloseable {

    private static final long CLOSE_SECONDS = 5;

    private final ScheduledThreadPoolExecutor thread;

    Home() {
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("players").factory());
        thread.setRemoveOnCancelPolicy(true);
    }

    /// @return false when the client is closed: nothing runs any more
    boolean execute(Runnable task) {
        try {
            thread.execute(watched(task));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    Future<?> schedule(Duration after, Runnable task) {
        try {
            return thread.schedule(watched(task), after.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /// A scheduler swallows what a task throws: a defect would look like a server that does not answer.
    private static Runnable watched(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                var thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        };
    }
}
