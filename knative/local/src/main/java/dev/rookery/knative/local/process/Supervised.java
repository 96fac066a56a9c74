package dev.rookery.knative.local.process;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches one process and starts it again when it ends by itself, as Kubernetes does: at once the first time,
/// then after growing waits, for as long as it takes. And when it is asked to: see [#roll].
///
/// Only the watcher's thread stops and starts the process while it is watched, so that a crash and a roll do not
/// meet.
public final class Supervised implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Supervised.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    /// Who ran for so long may be started at once again.
    private static final Duration STEADY = Duration.ofSeconds(30);

    private final Server server;
    private final Listener listener;
    private final Thread watcher;
    private final AtomicInteger restarts = new AtomicInteger();
    private volatile Roll roll = new Roll();

    /// Begins to watch a process that runs.
    public Supervised(Server server, Listener listener) {
        this.server = server;
        this.listener = listener;
        this.watcher = Thread.ofVirtual().name("watch-" + server.name()).start(this::watch);
    }

    public Server server() {
        return server;
    }

    /// How often it ended by itself and was started again.
    public int restarts() {
        return restarts.get();
    }

    /// Ends it in order and starts it again at once: not counted as a restart, since it does not end by itself.
    /// Asked again while one is under way, it is the same one.
    ///
    /// @return completed when it serves again, however long that takes; fails when it was closed before
    public CompletableFuture<Void> roll() {
        var next = roll;
        next.asked().complete(null);
        return next.done().copy();
    }

    /// Ends it and does not start it again.
    @Override
    public void close() {
        watcher.interrupt();
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        roll.done().completeExceptionally(new IllegalStateException(server.name() + " has been ended"));
        server.close().run();
    }

    private void watch() {
        var wait = Duration.ZERO;
        try {
            while (true) {
                long begun = System.nanoTime();
                var exit = server.onExit().get();
                CompletableFuture.anyOf(exit, roll.asked()).get();
                if (exit.isDone()) {
                    wait = ran(begun).compareTo(STEADY) > 0 ? Duration.ZERO : wait;
                    wait = revive(exit.get(), wait);
                } else {
                    replace(exit);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.error("{} cannot be watched any more", server.name(), e);
        }
    }

    /// @return how long to wait if it ends again
    private Duration revive(int code, Duration firstWait) throws InterruptedException {
        listener.ended(server, code);
        var started = startAgain(firstWait);
        restarts.incrementAndGet();
        listener.restarted(server, started.took());
        return started.nextWait();
    }

    /// What is told to end is not waited for uninterruptibly: who closes this meanwhile lets it end in order too.
    private void replace(CompletableFuture<Integer> exit) throws InterruptedException, ExecutionException {
        listener.rolling(server);
        server.stop().run();
        exit.get();
        listener.restarted(server, startAgain(Duration.ZERO).took());
        var done = roll.done();
        roll = new Roll();
        done.complete(null);
    }

    private Started startAgain(Duration firstWait) throws InterruptedException {
        for (var wait = firstWait; ; ) {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
            wait = longer(wait);
            long begun = System.nanoTime();
            try {
                server.restart().run();
                return new Started(ran(begun), wait);
            } catch (RuntimeException e) {
                // Whatever it is: who gave up here would leave it ended for good, and nobody would be told.
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LOG.error("{} does not start, tried again after {}", server.name(), wait, e);
            }
        }
    }

    private static Duration longer(Duration wait) {
        if (wait.isZero()) {
            return FIRST_WAIT;
        }
        var doubled = wait.multipliedBy(2);
        return doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
    }

    private static Duration ran(long begunNanos) {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    /// @param nextWait how long to wait if it ends again
    private record Started(Duration took, Duration nextWait) {}

    /// The next one that may be asked for, or the one that is under way.
    private record Roll(CompletableFuture<Void> asked, CompletableFuture<Void> done) {

        Roll() {
            this(new CompletableFuture<>(), new CompletableFuture<>());
        }
    }

    /// Told on the watcher's thread.
    public interface Listener {

        /// By itself.
        void ended(Server server, int code);

        /// It is about to be told to end, because it was asked to be started again.
        void rolling(Server server);

        void restarted(Server server, Duration took);
    }
}
