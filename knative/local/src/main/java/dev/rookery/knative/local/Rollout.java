package dev.rookery.knative.local;

import dev.rookery.knative.local.process.Supervised;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Starts the processes of a workload again, one after the other, each only when the one before it serves again.
///
/// A cluster starts a new pod before an old one is told to end (`maxSurge: 1`, `maxUnavailable: 0`). Here players
/// know a gateway by its port, and the next process can have the port only when the last has left it: so one is
/// away at a time, and of a single one there is a moment without any.
final class Rollout implements Operation {

    private final String workload;
    private final List<Supervised> processes;
    private final Duration bound;
    private final Semaphore one = new Semaphore(1);

    /// @param processes in the order in which they are started again
    /// @param bound     for each of them to end and serve again
    Rollout(String workload, List<Supervised> processes, Duration bound) {
        this.workload = workload;
        this.processes = List.copyOf(processes);
        this.bound = bound;
    }

    /// Blocks until all serve again, or one does not within its bound.
    ///
    /// @param name of the workload that is to be rolled
    @Override
    public Outcome run(String name) throws InterruptedException {
        if (!name.equals(workload)) {
            return new Outcome.Unknown("roll: " + name + " (expected: " + workload + ")");
        }
        if (!one.tryAcquire()) {
            return new Outcome.Busy("roll: " + name + " is being rolled already (expected: one at a time)");
        }
        try {
            return rollEach();
        } finally {
            one.release();
        }
    }

    private Outcome rollEach() throws InterruptedException {
        var rolled = new ArrayList<Rolled>();
        for (var process : processes) {
            var name = process.server().name();
            long begun = System.nanoTime();
            try {
                process.roll().get(bound.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                return new Outcome.Stuck(
                        "roll: " + Objects.requireNonNull(e.getCause()).getMessage());
            } catch (TimeoutException e) {
                return new Outcome.Stuck(
                        "roll: " + name + " does not serve again (expected: within " + bound.toSeconds()
                                + " s; its log tells why), after " + rolled.size() + " of " + processes.size());
            }
            rolled.add(new Rolled(name, Telling.since(begun).toMillis()));
        }
        return new Outcome.Done(rolled);
    }
}
