package dev.rookery.knative.load.drive;

import dev.rookery.knative.load.measure.Latencies;
import dev.rookery.knative.load.swarm.Count;
import dev.rookery.knative.load.swarm.Observation;
import dev.rookery.knative.load.swarm.Timing;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// What one second brought, as a line.
///
/// @param line what is shown
/// @param seen at its end; null before the first
record Progress(String line, @Nullable Observation seen) {

    static final Progress NONE = new Progress("", null);
    static final String HEAD = row(
            "s",
            "open",
            "casts out",
            "in",
            "p50 ms",
            "p99 ms",
            "commands",
            "decided",
            "p50 ms",
            "p99 ms",
            "errors",
            "breaches");

    /// @param taken what was timed in this second
    Progress next(long second, Observation now, Map<Timing, Histogram> taken) {
        var casts = Latencies.of(taken.getOrDefault(Timing.CAST, new Histogram(3)));
        var commands = Latencies.of(taken.getOrDefault(Timing.COMMAND, new Histogram(3)));
        return new Progress(
                row(
                        second,
                        now.count(Count.CONNECTED),
                        since(now, Count.CASTS_SENT),
                        since(now, Count.CASTS_RECEIVED),
                        casts.shown(casts.p50Micros()),
                        casts.shown(casts.p99Micros()),
                        since(now, Count.COMMANDS_SENT),
                        since(now, Count.COMMANDS_DONE),
                        commands.shown(commands.p50Micros()),
                        commands.shown(commands.p99Micros()),
                        since(now, Count.ERRORS),
                        now.count(Count.BREACHES)),
                now);
    }

    @Override
    public String toString() {
        return line;
    }

    private long since(Observation now, Count what) {
        return now.count(what) - (seen == null ? 0 : seen.count(what));
    }

    private static String row(Object... columns) {
        return String.format("%5s %6s %9s %9s %8s %8s %9s %8s %8s %8s %7s %8s", columns);
    }
}
