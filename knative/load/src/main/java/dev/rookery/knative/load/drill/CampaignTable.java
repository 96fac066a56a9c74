package dev.rookery.knative.load.drill;

import dev.rookery.knative.load.drill.verdict.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// A report as a person reads it.
final class CampaignTable {

    private CampaignTable() {}

    static List<String> lines(CampaignReport report) {
        var lines = new ArrayList<String>();
        lines.add("");
        report.checks().forEach(check -> lines.addAll(lines(check)));
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "seed %d: %,d commands (%,d past the gateway), %,d copies, %,d connections, %d faults; all decided %.1f s"
                        + " after the last",
                report.seed(),
                report.commands(),
                report.paid(),
                report.copies(),
                report.welcomes(),
                report.struck(),
                report.settled() / 1_000.0));
        new TreeMap<>(report.outcomes())
                .forEach((type, count) -> lines.add(String.format(Locale.ROOT, "  %-24s %,7d", type, count)));
        if (report.isKept()) {
            lines.add("everything was kept");
        } else {
            long broken =
                    report.checks().stream().filter(check -> !check.isKept()).count();
            lines.add(broken + " checks found something; data, logs and report: " + report.folder());
        }
        return lines;
    }

    private static List<String> lines(Check check) {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%-6s %-14s %,8d  %s",
                check.isKept() ? "ok" : "WRONG",
                check.name(),
                check.looked(),
                check.sentence()));
        check.findings().forEach(finding -> lines.add("         " + finding));
        if (check.broken() > check.findings().size()) {
            lines.add("         and " + (check.broken() - check.findings().size()) + " more");
        }
        return lines;
    }
}
