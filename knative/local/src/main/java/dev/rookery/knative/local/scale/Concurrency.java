package dev.rookery.knative.local.scale;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How many events wait or are handled, now and on average. Safe for use by many threads.
final class Concurrency {

    private final LongSupplier nanos;
    private final long longestNanos;
    /// Points of the integral of events over time, the oldest first.
    private final Deque<Mark> marks = new ArrayDeque<>();
    private double area;
    private long changed;
    private int now;

    /// @param nanos   a clock that never goes back
    /// @param longest window that is asked for
    Concurrency(LongSupplier nanos, Duration longest) {
        this.nanos = nanos;
        this.longestNanos = longest.toNanos();
        this.changed = nanos.getAsLong();
        marks.add(new Mark(changed, 0));
    }

    synchronized void enter() {
        advance();
        now++;
    }

    synchronized void leave() {
        advance();
        now--;
        notifyAll();
    }

    /// Waits until nothing waits and nothing is handled.
    ///
    /// @return false when something still does when the time is over
    synchronized boolean awaitNone(Duration bound) throws InterruptedException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (now > 0) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    synchronized int now() {
        return now;
    }

    /// Over a window that ends now. It is measured in steps as long as the time between two calls; what has not been
    /// there for a whole window is averaged over the time that it has.
    synchronized double average(Duration window) {
        advance();
        long from = changed - window.toNanos();
        var start = marks.getFirst();
        for (var mark : marks) {
            if (mark.nanos > from) {
                break;
            }
            start = mark;
        }
        return changed == start.nanos ? now : (area - start.area) / (changed - start.nanos);
    }

    /// From here a later average can begin.
    synchronized void mark() {
        advance();
        marks.addLast(new Mark(changed, area));
        // One is kept that is older than any window.
        while (marks.size() > 2 && second().nanos <= changed - longestNanos) {
            marks.removeFirst();
        }
    }

    private Mark second() {
        var all = marks.iterator();
        all.next();
        return all.next();
    }

    private void advance() {
        long time = nanos.getAsLong();
        area += (double) now * (time - changed);
        changed = time;
    }

    /// @param area below the curve, in events times nanoseconds
    private record Mark(long nanos, double area) {}
}
