package dev.rookery.knative.load.drill.guard;

import java.util.concurrent.locks.LockSupport;

/// What a rule does that should not. Public because patched classes call it.
public final class Misdeeds {

    private static final int MEBIBYTE = 1 << 20;

    private Misdeeds() {}

    /// For ever, and whoever interrupts it is not heard.
    public static void hang() {
        while (true) {
            LockSupport.parkNanos(Long.MAX_VALUE);
            Thread.interrupted();
        }
    }

    /// The process.
    public static void end() {
        Runtime.getRuntime().halt(3);
    }

    /// All memory.
    public static void eat() {
        Object[] eaten = {};
        while (true) {
            eaten = new Object[] {eaten, new byte[MEBIBYTE]};
        }
    }
}
