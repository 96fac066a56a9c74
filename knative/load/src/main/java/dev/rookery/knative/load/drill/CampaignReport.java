package dev.rookery.knative.load.drill;

import dev.rookery.knative.load.drill.fault.Storm;
import dev.rookery.knative.load.drill.verdict.Check;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a drill was, and what came of it.
///
/// @param folder   with data and logs; gone when everything was kept
/// @param outcomes that are recorded, by type
/// @param paid     commands that came past the gateway
/// @param copies   commands that were put on their topics again
/// @param welcomes connections of players
/// @param settled  how long it took after the last fault until all was decided, in milliseconds
public record CampaignReport(
        long seed,
        Instant begun,
        long loadMillis,
        String folder,
        long commands,
        Map<String, Long> outcomes,
        long paid,
        long copies,
        long welcomes,
        long settled,
        List<Storm.Struck> faults,
        List<Check> checks) {

    public CampaignReport {
        outcomes = Map.copyOf(outcomes);
        faults = List.copyOf(faults);
        checks = List.copyOf(checks);
    }

    public boolean isKept() {
        return checks.stream().allMatch(Check::isKept);
    }

    /// Faults that met what they were to meet.
    long struck() {
        return faults.stream().filter(fault -> !fault.isMissed()).count();
    }
}
