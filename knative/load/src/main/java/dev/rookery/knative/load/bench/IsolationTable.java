package dev.rookery.knative.load.bench;

import dev.rookery.knative.load.bench.Isolation.Ended;
import dev.rookery.knative.load.bench.Isolation.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What others waited for, as a person reads it, and whether it was theirs alone who misbehaved.
///
/// @param phases the first is that in which all was well
/// @param retry  tries after the first that are declared
record IsolationTable(List<Phase> phases, int retry) {

    IsolationTable {
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("phases: none (expected: at least the one without a misdeed)");
        }
        phases = List.copyOf(phases);
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(row("rounds", "answered", "failed", "lost", "p50 ms", "p99 ms", "max ms", "p50 x", "p99 x"));
        phases.forEach(phase -> lines.add(row(phase)));
        phases.forEach(phase -> lines.add("  rounds %s: %s".formatted(phase.name(), ending(phase.ended()))));
        return lines;
    }

    /// Every command of the others was done; of the commands to `rounds`, those that asked for nothing bad were done,
    /// and the others failed after the declared tries and are dead letters.
    boolean isIsolated() {
        return phases.stream().allMatch(IsolationTable::isUnhurt)
                && isDone(phases.getFirst().ended())
                && phases.stream().skip(1).allMatch(phase -> isGivenUp(phase.ended()));
    }

    private static boolean isUnhurt(Phase phase) {
        var others = phase.others();
        return !others.isCutShort() && others.lost() == 0 && others.failed() == 0;
    }

    private static boolean isDone(Ended ended) {
        return ended.done() == ended.asked() && ended.deadLetters() == 0;
    }

    private boolean isGivenUp(Ended ended) {
        return ended.failed() == ended.asked()
                && ended.deadLetters() == ended.asked()
                && ended.deliveries() == (long) ended.asked() * (retry + 1);
    }

    private String ending(Ended ended) {
        return "of %d commands %d done, %d failed; %d deliveries (declared for a command that fails: %d); %d dead letters; process started again %d times"
                .formatted(
                        ended.asked(),
                        ended.done(),
                        ended.failed(),
                        ended.deliveries(),
                        retry + 1,
                        ended.deadLetters(),
                        ended.starts());
    }

    private String row(Phase phase) {
        var took = phase.others().latencies();
        var calm = phases.getFirst().others().latencies();
        return row(
                phase.name(),
                took.count() + (phase.others().isCutShort() ? "*" : ""),
                Long.toString(phase.others().failed()),
                Long.toString(phase.others().lost()),
                took.shown(took.p50Micros()),
                took.shown(took.p99Micros()),
                took.shown(took.maxMicros()),
                times(took.p50Micros(), calm.p50Micros()),
                times(took.p99Micros(), calm.p99Micros()));
    }

    private static String times(long micros, long calmMicros) {
        return calmMicros == 0 ? "-" : String.format(Locale.ROOT, "x%.2f", (double) micros / calmMicros);
    }

    private static String row(Object... columns) {
        return String.format("  %-12s %9s %7s %5s %8s %8s %8s %7s %7s", columns);
    }
}
