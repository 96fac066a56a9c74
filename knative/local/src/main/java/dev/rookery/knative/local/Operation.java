package dev.rookery.knative.local;

import java.util.List;

/// What a running platform is told to do to one of its workloads, through its management port.
@FunctionalInterface
interface Operation {

    /// Blocks until it is over.
    ///
    /// @param name of the workload
    Outcome run(String name) throws InterruptedException;

    /// How it ended. The message is for people.
    sealed interface Outcome {

        record Done(List<Rolled> processes) implements Outcome {

            public Done {
                processes = List.copyOf(processes);
            }
        }

        record Unknown(String message) implements Outcome {}

        record Busy(String message) implements Outcome {}

        /// What is not done is as it was.
        record Stuck(String message) implements Outcome {}
    }

    /// @param name   of the process or revision that serves now
    /// @param millis that it took
    record Rolled(String name, long millis) {}
}
