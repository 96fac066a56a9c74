package dev.rookery.knative.local.process;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches one process and starts it again when it ends by itself, as Kubernetes does: at once the first time,
/// then after growing waits, for as long as it takes.
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

    /// Ends it and does not start it again.
    @Override
    public void close() {
        watcher.interrupt();
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.close().run();
    }

    private void watch() {
        var wait = Duration.ZERO;
        try {
            while (true) {
                long begun = System.nanoTime();
                int code = server.onExit().get().get();
                wait = ran(begun).compareTo(STEADY) > 0 ? Duration.ZERO : wait;
                listener.ended(server, code);
                wait = startAgain(wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.error("{} cannot be watched any more", server.name(), e);
        }
    }

    /// @return how long to wait if it ends again
    private Duration startAgain(Duration firstWait) throws InterruptedException {
        for (var wait = firstWait; ; ) {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
            wait = longer(wait);
            long begun = System.nanoTime();
            try {
                server.restart().run();
                restarts.incrementAndGet();
                listener.restarted(server, ran(begun));
                return wait;
            } catch (IllegalStateException e) {
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

    /// Told on the watcher's thread.
    public interface Listener {

        void ended(Server server, int code);

        void restarted(Server server, Duration took);
    }
}
