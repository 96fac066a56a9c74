package dev.rookery.knative.load.measure;

import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Searches the highest rate that holds: doubles while rates hold, then halves the distance between the highest
/// that held and the lowest that did not, until they are near enough or no tries are left.
///
/// @param held   highest rate that held; 0 when none did
/// @param failed lowest rate that did not hold; more than any rate that is tried when none did
/// @param left   rates that may still be tried
public record RateSearch(int held, int failed, int left) {

    private static final double NEAR = 1.1;

    public RateSearch {
        if (held < 0 || held >= failed) {
            throw new IllegalArgumentException("held: " + held + " (expected: >= 0 and below " + failed + ")");
        }
        if (left < 0) {
            throw new IllegalArgumentException("left: " + left + " (expected: >= 0)");
        }
    }

    /// @param limit rate that is never reached
    /// Begins with what is known.
    ///
    /// @param tried rates, and whether each held. A rate that holds counts for all below it, even for one that did
    ///              not: among few requests one slow answer is chance
    /// @param limit rate that is never reached
    /// @param tries rates that may still be tried
    public static RateSearch after(Map<Integer, Boolean> tried, int limit, int tries) {
        int held = rates(tried, true).max().orElse(0);
        int failed = rates(tried, false).filter(rate -> rate > held).min().orElse(limit);
        return new RateSearch(held, failed, tries);
    }

    /// The rate to try next; empty when the search is over.
    public OptionalInt next() {
        int next = Math.min(2 * Math.max(1, held), middle());
        boolean isNear = held > 0 && failed <= held * NEAR;
        return left == 0 || isNear || next <= held ? OptionalInt.empty() : OptionalInt.of(next);
    }

    /// What came of the rate to try next.
    public RateSearch tried(boolean holds) {
        int rate = next().orElseThrow(() -> new IllegalStateException("the search is over (expected: a rate to try)"));
        return holds ? new RateSearch(rate, failed, left - 1) : new RateSearch(held, rate, left - 1);
    }

    private static IntStream rates(Map<Integer, Boolean> tried, boolean held) {
        return tried.entrySet().stream()
                .filter(entry -> entry.getValue() == held)
                .mapToInt(Map.Entry::getKey);
    }

    private int middle() {
        return held + (failed - held) / 2;
    }
}
