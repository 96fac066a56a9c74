package dev.rookery.knative.load.drill.fault;

import java.util.concurrent.atomic.AtomicInteger;

/// A time in which nobody asks for anything new: who loads the platform looks here before each step. There may be
/// several at a time.
public final class Lull {

    private final AtomicInteger begun = new AtomicInteger();

    public boolean isOn() {
        return begun.get() > 0;
    }

    void begin() {
        begun.incrementAndGet();
    }

    void end() {
        begun.decrementAndGet();
    }
}
