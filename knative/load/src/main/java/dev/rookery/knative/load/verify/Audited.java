package dev.rookery.knative.load.verify;

import dev.rookery.functions.ledger.audit.Examination;
import dev.rookery.functions.ledger.audit.Examination.Examined;
import dev.rookery.functions.ledger.audit.Examination.NotExamined;
import java.util.List;
import java.util.Objects;

/// What came of one check of the audit, for who knows nothing of the ledger.
///
/// @param check    such as `I1`
/// @param sentence what has to be so
/// @param isSeen   false when it could not be looked at; then there are no findings
/// @param rows     that were looked at
/// @param broken   how often it is not so
/// @param findings the first of these, as sentences
public record Audited(String check, String sentence, boolean isSeen, long rows, long broken, List<String> findings) {

    public Audited {
        findings = List.copyOf(findings);
    }

    static Audited of(Examination came) {
        return switch (came) {
            case Examined examined ->
                new Audited(
                        examined.check(),
                        examined.sentence(),
                        true,
                        examined.rows(),
                        examined.broken(),
                        examined.findings().stream().map(Objects::toString).toList());
            case NotExamined unseen -> new Audited(unseen.check(), unseen.sentence(), false, 0, 0, List.of());
        };
    }
}
