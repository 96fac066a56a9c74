package dev.rookery.knative.load.drill.verdict;

import java.util.List;

/// What came of looking at one thing that has to be so.
///
/// @param name     of the invariant, such as `I4 effects`
/// @param sentence what has to be so
/// @param looked   at how many
/// @param broken   how often it is not so
/// @param findings the first of these
public record Check(String name, String sentence, long looked, long broken, List<String> findings) {

    private static final int KEPT = 10;

    public Check {
        findings = List.copyOf(findings);
    }

    /// @param findings all
    public static Check of(String name, String sentence, long looked, List<String> findings) {
        return new Check(name, sentence, looked, findings.size(), findings.subList(0, Math.min(KEPT, findings.size())));
    }

    public boolean isKept() {
        return broken == 0;
    }
}
