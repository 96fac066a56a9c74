package dev.rookery.knative.load.bench;

import dev.rookery.knative.load.ceiling.Ceiling;
import dev.rookery.knative.load.measure.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A report as a person reads it; nothing that went wrong is left out.
final class TripTable {

    private final TripReport report;
    private final List<String> lines = new ArrayList<>();

    private TripTable(TripReport report) {
        this.report = report;
    }

    static List<String> lines(TripReport report) {
        var table = new TripTable(report);
        table.trips();
        table.ceilings();
        table.ratios();
        return List.copyOf(table.lines);
    }

    private void trips() {
        var seen = report.seen();
        lines.add("");
        lines.add("round trip of wallet.deposit in ms, from when it was to be sent; " + report.measured());
        lines.add(report.machine().toString());
        lines.add(row("rate/s", "sent", "answered", "failed", "lost", "p50", "p90", "p99", "max"));
        report.everyStep().forEach(step -> lines.add(row(step)));
        notes();
        lines.add(highest());
        lines.add(String.format(Locale.ROOT, "first trip of the run: %.1f ms", report.firstTripMicros() / 1e3));
        lines.add(seen.players() + " players, " + seen.reconnects() + " reconnects, " + seen.errors()
                + " error frames, " + seen.violated() + " broken promises");
    }

    private void notes() {
        if (report.everyStep().anyMatch(Step::isCutShort)) {
            lines.add("  * cut short: too many were unanswered");
        }
        report.everyStep()
                .forEach(step -> step.failures()
                        .forEach((name, count) -> lines.add("  " + step.perSecond() + "/s: " + count + " x " + name)));
    }

    private String highest() {
        var search = report.search();
        var limit = " (p99 under " + TripPlan.P99_LIMIT.toMillis() + " ms, nothing failed or lost); ";
        var held = search.held() == 0 ? "no rate held" : "highest rate that held: " + search.held() + "/s";
        boolean isMeasured = report.everyStep().anyMatch(step -> step.perSecond() == search.failed());
        var beyond = isMeasured ? search.failed() + "/s did not; " : "none higher was tried; ";
        return held + limit + beyond + end(search.end());
    }

    private static String end(TripReport.Search.End end) {
        return switch (end) {
            case FOUND -> "near enough";
            case TRIES -> "no more tries";
            case TIME -> "no more time";
            case LOST_ANSWERS -> "ended because answers were lost";
        };
    }

    private void ceilings() {
        lines.add("");
        lines.add(
                "ceilings, same machine and run; Kafka flushes every record to disk, as PostgreSQL does every commit");
        lines.add(String.format(Locale.ROOT, "  %-28s %8s %10s %12s", "", "at once", "p50 ms", "rate/s"));
        report.ceilings().all().forEach(ceiling -> lines.add(row(ceiling)));
    }

    private void ratios() {
        var ratios = report.ratios();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "trip p50 at %d/s over PostgreSQL + Kafka + Redis p50: %.1f",
                report.steps().getFirst().perSecond(),
                ratios.tripOverCeilings()));
        lines.add(String.format(
                Locale.ROOT,
                "highest rate over PostgreSQL commits, %d at once: %.2f",
                report.ceilings().postgresMany().atOnce(),
                ratios.rateOverPostgres()));
    }

    private static String row(Ceiling ceiling) {
        var took = ceiling.speed().latencies();
        return String.format(
                Locale.ROOT,
                "  %-28s %8d %10s %12.0f",
                ceiling.what(),
                ceiling.atOnce(),
                took.shown(took.p50Micros()),
                ceiling.speed().perSecond());
    }

    private static String row(Step step) {
        var took = step.latencies();
        return row(
                Integer.toString(step.perSecond()),
                step.sent() + (step.isCutShort() ? "*" : ""),
                Long.toString(took.count()),
                Long.toString(step.failed()),
                Long.toString(step.lost()),
                took.shown(took.p50Micros()),
                took.shown(took.p90Micros()),
                took.shown(took.p99Micros()),
                took.shown(took.maxMicros()));
    }

    private static String row(Object... columns) {
        return String.format("%8s %8s %9s %7s %6s %9s %9s %9s %9s", columns);
    }
}
