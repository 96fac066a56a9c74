package dev.rookery.functions.ledger.audit;

import java.time.Duration;
import java.util.List;

/// What came of a check.
public sealed interface Examination {

    /// Such as `I1`.
    String check();

    /// What has to be so.
    String sentence();

    /// Looked at.
    ///
    /// @param rows     that were looked at
    /// @param broken   how often it is not so
    /// @param findings the first of these, [Findings#MAX_KEPT] at most
    record Examined(String check, String sentence, long rows, long broken, List<Finding> findings, Duration took)
            implements Examination {

        public Examined {
            findings = List.copyOf(findings);
        }
    }

    /// Not to be seen in what was there to read: nobody may take it for held.
    record NotExamined(String check, String sentence, String why) implements Examination {}
}
