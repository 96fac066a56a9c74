package dev.rookery.knative.load.drive;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.knative.load.measure.Latencies;
import dev.rookery.knative.load.measure.Machine;
import dev.rookery.knative.load.swarm.Count;
import dev.rookery.knative.load.swarm.Observation;
import dev.rookery.knative.load.swarm.Timing;
import java.time.Instant;
import java.util.Map;

/// What came of a run, as it is written to a file; [DriveTable] shows it.
///
/// @param measured  when it began
/// @param driven    seconds for which casts and commands were sent
/// @param cpuShare  of one processor that this program took: near 1 for each of its event loops, it was the limit and
///                  not the platform
/// @param latencies from the moment at which each was to be sent
public record DriveReport(
        Instant measured,
        Machine machine,
        int connections,
        DrivePlan plan,
        double driven,
        double cpuShare,
        Observation seen,
        Map<Timing, Latencies> latencies) {

    public DriveReport {
        latencies = Map.copyOf(latencies);
    }

    /// Whether every promise was kept, every command answered, and nobody sent away for good.
    @JsonProperty
    public boolean isKept() {
        return seen.count(Count.BREACHES) == 0 && seen.undecided() == 0 && seen.count(Count.STOPPED) == 0;
    }
}
