package dev.rookery.knative.load.verify;

import dev.rookery.functions.ledger.audit.Examination;
import dev.rookery.functions.ledger.audit.Examination.Examined;
import dev.rookery.functions.ledger.audit.Examination.NotExamined;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// An audit as a person reads it; what could not be examined is a line as well.
final class AuditTable {

    private AuditTable() {}

    /// One for the check, and one for each finding.
    static List<String> lines(Examination each) {
        return switch (each) {
            case Examined examined -> {
                var lines = new ArrayList<String>();
                lines.add(row(
                        examined.broken() == 0 ? "ok" : "WRONG",
                        examined.check(),
                        String.format(
                                Locale.ROOT,
                                "%,d rows, %.1f s",
                                examined.rows(),
                                examined.took().toMillis() / 1_000.0),
                        examined.sentence()));
                examined.findings().forEach(finding -> lines.add("         " + finding));
                if (examined.broken() > examined.findings().size()) {
                    lines.add("         and "
                            + (examined.broken() - examined.findings().size()) + " more");
                }
                yield lines;
            }
            case NotExamined unseen ->
                List.of(row("not seen", unseen.check(), "", unseen.sentence() + ": " + unseen.why()));
        };
    }

    static List<String> end(List<Examination> came) {
        long broken = came.stream().mapToLong(AuditTable::broken).sum();
        long checks = came.stream().filter(Examined.class::isInstance).count();
        return List.of(
                "",
                broken == 0
                        ? checks + " checks, nothing is wrong; " + (came.size() - checks) + " could not be made"
                        : broken + " findings");
    }

    static boolean isSound(List<Examination> came) {
        return came.stream().allMatch(each -> broken(each) == 0);
    }

    private static long broken(Examination each) {
        return switch (each) {
            case Examined examined -> examined.broken();
            case NotExamined _ -> 0;
        };
    }

    private static String row(String verdict, String check, String counts, String sentence) {
        return String.format("%-8s %-14s %22s  %s", verdict, check, counts, sentence);
    }
}
