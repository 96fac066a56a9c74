package dev.rookery.knative.load.bench.gateway;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits of a benchmark, each with a bound.
final class Waiting {

    private static final long LOOK_NANOS = 2_000_000;

    private Waiting() {}

    /// @return whether it came to be in time
    static boolean until(Duration bound, BooleanSupplier isSo) {
        long end = System.nanoTime() + bound.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    static void pass(Duration time) {
        until(time, () -> false);
    }

    /// Lets this program collect its garbage now, so that it does not stop for that while others are timed.
    static void tidy() {
        System.gc();
    }
}
