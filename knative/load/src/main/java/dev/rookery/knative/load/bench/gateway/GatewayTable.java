package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.bench.gateway.GatewayReport.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A report as a person reads it: a row a figure, a column a server, and behind each of the others how many times as
/// good ours is.
final class GatewayTable {

    private final GatewayReport report;
    private final List<String> lines = new ArrayList<>();

    private GatewayTable(GatewayReport report) {
        this.report = report;
    }

    static List<String> lines(GatewayReport report) {
        var table = new GatewayTable(report);
        table.head();
        table.rows();
        table.failures();
        return List.copyOf(table.lines);
    }

    private void head() {
        lines.add("");
        lines.add(
                "one server at a time, the client on the same machine: " + report.machine() + "; " + report.measured());
        lines.add(
                "(x1.5: ours is one and a half times as good; only ours checks a token and keeps a stream to resume)");
        lines.add("");
        var head = new StringBuilder(String.format("%-62s", ""));
        for (var server : report.servers()) {
            head.append(String.format(server.name().equals(ours().name()) ? "%12s" : "%21s", server.name()));
        }
        lines.add(head.toString());
    }

    private void rows() {
        for (var figure : ours().figures()) {
            var row = new StringBuilder(String.format("%-62s%12s", label(figure), shown(figure.value())));
            for (var other : report.servers().subList(1, report.servers().size())) {
                row.append(String.format(
                        "%21s",
                        find(other, figure).map(it -> beside(figure, it)).orElse("-")));
            }
            lines.add(row.toString());
        }
    }

    private void failures() {
        for (var server : report.servers()) {
            server.failures().forEach(failure -> lines.add("not measured: " + server.name() + ", " + failure));
        }
    }

    private Measured ours() {
        return report.servers().getFirst();
    }

    private static String label(Figure figure) {
        return figure.unit().isEmpty() ? figure.what() : figure.what() + ", " + figure.unit();
    }

    private static Optional<Figure> find(Measured server, Figure ours) {
        return server.figures().stream()
                .filter(figure -> figure.what().equals(ours.what()))
                .findFirst();
    }

    private static String beside(Figure ours, Figure other) {
        double times = ours.timesAsGoodAs(other);
        return shown(other.value())
                + (Double.isFinite(times) ? String.format(Locale.ROOT, "  x%-5.2f", times) : "        ");
    }

    private static String shown(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 1_000 ? "%,.0f" : "%.2f", value);
    }
}
