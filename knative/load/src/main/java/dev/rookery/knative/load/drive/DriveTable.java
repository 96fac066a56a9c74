package dev.rookery.knative.load.drive;

import dev.rookery.knative.load.measure.Latencies;
import dev.rookery.knative.load.swarm.Count;
import dev.rookery.knative.load.swarm.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A report as a person reads it; nothing that went wrong is left out.
final class DriveTable {

    private static final Latencies NONE = new Latencies(0, 0, 0, 0, 0);

    private final DriveReport report;
    private final List<String> lines = new ArrayList<>();

    private DriveTable(DriveReport report) {
        this.report = report;
    }

    static List<String> lines(DriveReport report) {
        var table = new DriveTable(report);
        table.head();
        table.latencies();
        table.counts();
        table.words("errors", report.seen().errors());
        table.words("connections ended", report.seen().endings());
        table.words("broken promises", report.seen().breaches());
        return List.copyOf(table.lines);
    }

    private void head() {
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%d connections, driven for %.1f s; %s",
                report.connections(),
                report.driven(),
                report.measured()));
        lines.add(String.format(
                Locale.ROOT, "%s; this program took %.2f processors", report.machine(), report.cpuShare()));
    }

    private void latencies() {
        lines.add("");
        lines.add(row("ms", "count", "p50", "p90", "p99", "max"));
        for (var each : Timing.values()) {
            var took = report.latencies().getOrDefault(each, NONE);
            lines.add(row(
                    shown(each),
                    took.count(),
                    took.shown(took.p50Micros()),
                    took.shown(took.p90Micros()),
                    took.shown(took.p99Micros()),
                    took.shown(took.maxMicros())));
        }
    }

    private void counts() {
        lines.add("");
        for (var each : Count.values()) {
            if (report.seen().count(each) != 0) {
                lines.add(
                        String.format("  %-22s %12d", shown(each), report.seen().count(each)));
            }
        }
        lines.add(String.format(
                "  %-22s %12d", "commands undecided", report.seen().undecided()));
    }

    private void words(String what, Map<String, Long> often) {
        if (!often.isEmpty()) {
            lines.add(what + ":");
            often.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .forEach(each -> lines.add(String.format("  %12d  %s", each.getValue(), each.getKey())));
        }
    }

    private static String shown(Enum<?> what) {
        return what.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String row(Object... columns) {
        return String.format("  %-10s %12s %9s %9s %9s %9s", columns);
    }
}
