package dev.rookery.knative.load.measure;

import java.time.Duration;
import java.util.Map;

/// What came of asking at one rate for a while.
///
/// @param perSecond what was intended
/// @param intended  requests that were to be sent
/// @param sent      requests that were; fewer when it was cut short because too many were unanswered
/// @param failures  what was answered with an error, by its name
/// @param lost      what was not answered at all in the time given
/// @param latencies of the answered, each from the moment when it was to be sent, whenever it was
public record Step(
        int perSecond, long intended, long sent, Map<String, Long> failures, long lost, Latencies latencies) {

    public Step {
        failures = Map.copyOf(failures);
    }

    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    public boolean isCutShort() {
        return sent < intended;
    }

    /// Whether everything was sent, answered and right, and 99 of 100 answers came within the limit.
    public boolean holds(Duration limit) {
        return !isCutShort() && failures.isEmpty() && lost == 0 && latencies.p99Micros() < limit.toNanos() / 1_000;
    }
}
