package dev.rookery.knative.load.drill.fault;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/// Faults, one after the other and some at the same time, as a [Schedule] says.
public final class Storm {

    /// At the same time. A platform that is never whole shows less than one that is whole now and then.
    private static final int AT_ONCE = 2;

    private final Schedule schedule;
    private final Striker striker;
    private final Consumer<String> progress;
    private final long begun = System.nanoTime();
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final ReadWriteLock restarts = new ReentrantReadWriteLock(true);
    private final List<Struck> struck = new ArrayList<>();

    /// @param progress told when a fault begins and when it is over
    public Storm(Schedule schedule, Striker striker, Consumer<String> progress) {
        this.schedule = schedule;
        this.striker = striker;
        this.progress = progress;
    }

    /// A fault that was.
    ///
    /// @param beginMillis since the storm began
    /// @param endMillis   since the storm began
    /// @param isMissed    it could not be done, because what it was to meet was away
    /// @param remark      how it went; empty when there is nothing to say
    public record Struck(String fault, long beginMillis, long endMillis, boolean isMissed, String remark) {}

    /// Strikes for a time, and then waits until the last fault is over.
    ///
    /// @return in the order in which they ended
    public List<Struck> rage(Duration length) throws InterruptedException {
        long deadline = begun + length.toNanos();
        while (true) {
            var entry = schedule.next();
            long wait = Math.min(entry.pause().toNanos(), deadline - System.nanoTime());
            TimeUnit.NANOSECONDS.sleep(wait);
            places.acquire();
            if (System.nanoTime() >= deadline) {
                places.release();
                break;
            }
            Thread.ofVirtual().start(() -> {
                try {
                    strike(entry.fault());
                } finally {
                    places.release();
                }
            });
        }
        places.acquire(AT_ONCE);
        places.release(AT_ONCE);
        synchronized (struck) {
            return List.copyOf(struck);
        }
    }

    private void strike(Fault fault) {
        long from = sinceBegun();
        tell(from, "begins: " + fault);
        boolean isMissed = false;
        String remark;
        try {
            remark = alone(fault);
        } catch (IOException | SQLException | IllegalStateException e) {
            isMissed = true;
            remark = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        long until = sinceBegun();
        tell(until, (isMissed ? "missed: " : "over:   ") + fault + (remark.isEmpty() ? "" : ", " + remark));
        synchronized (struck) {
            struck.add(new Struck(fault.toString(), from, until, isMissed, remark));
        }
    }

    /// What is being started again is not known to whoever kills everything: it would stay, and keep its data
    /// from the next. Whatever else comes while all is away waits until it is back.
    private String alone(Fault fault) throws IOException, SQLException, InterruptedException {
        var lock = fault.kind() == Fault.Kind.CRASH ? restarts.writeLock() : restarts.readLock();
        lock.lockInterruptibly();
        try {
            if (restarts(fault.kind())) {
                return striker.strike(fault);
            }
        } finally {
            lock.unlock();
        }
        return striker.strike(fault);
    }

    /// Whether something is started again by it.
    private static boolean restarts(Fault.Kind kind) {
        return switch (kind) {
            case KILL, STOP_POSTGRES, ROLL_GATEWAYS, ROLL_FUNCTION, CRASH -> true;
            case HALT,
                    END_SESSIONS,
                    FLUSH_REDIS,
                    DEADLOCK,
                    PAUSE_REPLAY,
                    HOLD_LINES,
                    CUT_LINES,
                    HALF_OPEN_LINES,
                    JUMP_CLOCK,
                    LULL -> false;
        };
    }

    private long sinceBegun() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    private void tell(long atMillis, String what) {
        progress.accept("%6.1f s  %s".formatted(atMillis / 1_000.0, what));
    }
}
