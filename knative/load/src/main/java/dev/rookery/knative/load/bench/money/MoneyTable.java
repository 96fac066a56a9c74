package dev.rookery.knative.load.bench.money;

import dev.rookery.knative.load.bench.money.MoneyReport.Speed;
import dev.rookery.knative.load.measure.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A report as a person reads it; nothing that went wrong is left out.
final class MoneyTable {

    private final MoneyReport report;
    private final List<String> lines = new ArrayList<>();

    private MoneyTable(MoneyReport report) {
        this.report = report;
    }

    static List<String> lines(MoneyReport report) {
        var table = new MoneyTable(report);
        table.speeds();
        table.steps("through the endpoint at steady rates, in ms from when it was to be sent", report.rates());
        table.report
                .skipped()
                .forEach(rate -> table.lines.add("  not tried, too far above the closed loop: " + rate + "/s"));
        table.steps("end to end, in ms from when the frame was to be sent to its event", report.trips());
        table.ratios();
        table.verdict();
        return List.copyOf(table.lines);
    }

    private void speeds() {
        lines.add("");
        lines.add("bets; " + report.measured());
        lines.add(report.machine().toString());
        lines.add(
                "as fast as they are answered; latencies in ms, of PostgreSQL alone of a transaction; processor time in"
                        + " microseconds a bet");
        lines.add(String.format(
                "  %-28s %8s %8s %9s %9s %9s %9s %9s %9s",
                "", "at once", "a batch", "bets/s", "p50", "p99", "function", "postgres", "client"));
        lines.add(row("function, cold accounts", report.cold()));
        lines.add(row("function, one hot account", report.hot()));
        lines.add(row("PostgreSQL, one by one", report.single()));
        lines.add(row("PostgreSQL, batched", report.batched()));
    }

    private void steps(String what, List<Step> steps) {
        lines.add("");
        lines.add(what);
        lines.add(String.format(
                "  %8s %8s %9s %7s %6s %9s %9s", "bets/s", "sent", "answered", "failed", "lost", "p50", "p99"));
        steps.forEach(step -> lines.add(row(step)));
        if (steps.stream().anyMatch(Step::isCutShort)) {
            lines.add("  * cut short: too many were unanswered");
        }
        steps.forEach(step -> step.failures()
                .forEach((name, count) -> lines.add("  " + step.perSecond() + "/s: " + count + " x " + name)));
    }

    private void ratios() {
        var ratios = report.ratios();
        lines.add("");
        lines.add(ratio("function over PostgreSQL batched", ratios.functionOverBatched(), "at least 0.60"));
        lines.add(ratio("function over PostgreSQL one by one", ratios.functionOverSingle(), "none"));
        lines.add(ratio("one hot account over cold ones", ratios.hotOverCold(), "at least 0.80"));
    }

    private void verdict() {
        lines.add(report.audit() + (report.audit().isExact() ? "" : " (expected: each once)"));
        lines.add(report.sentBack() + " deliveries came again, " + report.violated() + " broken promises");
    }

    private static String ratio(String what, double value, String goal) {
        return String.format(Locale.ROOT, "%s: %.2f (goal: %s)", what, value, goal);
    }

    private static String row(String what, Speed speed) {
        var took = speed.latencies();
        return String.format(
                Locale.ROOT,
                "  %-28s %8d %8.1f %9.0f %9s %9s %9.0f %9.0f %9.0f",
                what,
                speed.atOnce(),
                speed.batch(),
                speed.perSecond(),
                took.shown(took.p50Micros()),
                took.shown(took.p99Micros()),
                speed.costs().function(),
                speed.costs().postgres(),
                speed.costs().client());
    }

    private static String row(Step step) {
        var took = step.latencies();
        return String.format(
                "  %8d %8s %9d %7d %6d %9s %9s",
                step.perSecond(),
                step.sent() + (step.isCutShort() ? "*" : ""),
                took.count(),
                step.failed(),
                step.lost(),
                took.shown(took.p50Micros()),
                took.shown(took.p99Micros()));
    }
}
