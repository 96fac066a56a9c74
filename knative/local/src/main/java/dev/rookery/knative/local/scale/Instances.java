package dev.rookery.knative.local.scale;

import dev.rookery.knative.local.dispatch.Sink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The instances that take events, each so many at a time: what Knative's activator and queue proxies do. Who asks
/// for a place gets one at the instance with the fewest events, or waits. Safe for use by many threads.
final class Instances {

    /// Of an instance whose container names no limit.
    private static final int NO_LIMIT = 1_000;

    private final int limit;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition free = lock.newCondition();
    private final Condition left = lock.newCondition();
    private final List<Instance> ready = new ArrayList<>();
    private int waiting;

    /// @param concurrency events at a time that an instance takes; 0 for no limit but ours
    Instances(int concurrency) {
        this.limit = concurrency == 0 ? NO_LIMIT : concurrency;
    }

    /// One instance, as long as it takes events.
    static final class Instance {

        private final Sink sink;
        private int events;
        private boolean isRetired;

        Instance(Sink sink) {
            this.sink = sink;
        }

        Sink sink() {
            return sink;
        }
    }

    /// Nothing happens when it was [retired][#retire].
    void add(Instance instance) {
        lock.lock();
        try {
            if (!instance.isRetired && !ready.contains(instance)) {
                ready.add(instance);
            }
            free.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// It gets no events any more; those that it has go on. Nothing happens when it got none before.
    void remove(Instance instance) {
        lock.lock();
        try {
            ready.remove(instance);
        } finally {
            lock.unlock();
        }
    }

    /// For good: its process may come back once more before it is told to end.
    void retire(Instance instance) {
        lock.lock();
        try {
            instance.isRetired = true;
            ready.remove(instance);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until an instance that was removed has no events.
    ///
    /// @return false when it still has when the time is over
    boolean awaitEmpty(Instance instance, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (long rest = nanos; instance.events > 0; ) {
                if (rest <= 0) {
                    return false;
                }
                rest = left.awaitNanos(rest);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    int ready() {
        lock.lock();
        try {
            return ready.size();
        } finally {
            lock.unlock();
        }
    }

    /// Events that have no instance yet.
    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /// Takes a place, which has to be [left][#leave].
    ///
    /// @return null when there was none in time
    @Nullable
    Instance take(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        waiting++;
        try {
            for (long rest = nanos; ; rest = free.awaitNanos(rest)) {
                var instance = ready.stream()
                        .min(Comparator.comparingInt(each -> each.events))
                        .filter(each -> each.events < limit);
                if (instance.isPresent()) {
                    instance.get().events++;
                    return instance.get();
                }
                if (rest <= 0) {
                    return null;
                }
            }
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    void leave(Instance instance) {
        lock.lock();
        try {
            instance.events--;
            free.signal();
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
