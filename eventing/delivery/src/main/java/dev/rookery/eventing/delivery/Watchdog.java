package dev.rookery.eventing.delivery;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the process when a delivery hangs. A thread cannot be taken back from code that does not give it, and it may
/// hold up everybody: a transaction of many commands, rows, one of the places for deliveries. What else the process
/// was at comes again, to another one.
final class Watchdog implements AutoCloseable {

    /// What a process ends with.
    static final int CODE = 70;

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final int LOOKS = 10;
    private static final int MAX_FRAMES = 30;

    private final Map<Thread, Long> begun = new ConcurrentHashMap<>();
    private final Duration bound;
    private final Runnable end;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("watchdog").daemon().factory());

    /// @param bound of one delivery; the process ends a tenth of it later at most
    /// @param end   does it, and may be called again if it does not
    Watchdog(Duration bound, Runnable end) {
        this.bound = bound;
        this.end = end;
        long pause = Math.max(1, bound.toMillis() / LOOKS);
        timer.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    /// Runs a delivery in this thread.
    <T> T watched(Supplier<T> delivery) {
        begun.put(Thread.currentThread(), System.nanoTime());
        try {
            return delivery.get();
        } finally {
            begun.remove(Thread.currentThread());
        }
    }

    /// Deliveries that have not ended.
    int running() {
        return begun.size();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void look() {
        long now = System.nanoTime();
        var hanging = begun.entrySet().stream()
                .filter(each -> now - each.getValue() > bound.toNanos())
                .map(Map.Entry::getKey)
                .toList();
        if (!hanging.isEmpty()) {
            LOG.error(
                    "{} of {} deliveries have not ended after {}; the process ends, what hangs is one of these:\n{}",
                    hanging.size(),
                    begun.size(),
                    bound,
                    stacks());
            end.run();
        }
    }

    /// Of those who carry something out: in which one it hangs is not known.
    private static String stacks() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().matches("(delivery|batch)-.*"))
                .map(each -> each.getKey().getName() + "\n"
                        + Arrays.stream(each.getValue())
                                .limit(MAX_FRAMES)
                                .map(frame -> "\tat " + frame)
                                .collect(Collectors.joining("\n")))
                .distinct()
                .collect(Collectors.joining("\n"));
    }
}
