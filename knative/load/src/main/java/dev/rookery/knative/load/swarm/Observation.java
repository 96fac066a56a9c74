package dev.rookery.knative.load.swarm;

import java.util.Map;

/// What a swarm saw since it was made.
///
/// @param errors    error frames by code
/// @param endings   ends of connections by close code, or by what an upgrade was answered with, or [#NO_CONNECTION]
/// @param breaches  promises that were not kept, in words; of very many only the first, [Count#BREACHES] has them all
public record Observation(
        Map<Count, Long> counts, Map<String, Long> errors, Map<String, Long> endings, Map<String, Long> breaches) {

    /// How a dial ended that came to no welcome, and to no answer either.
    public static final String NO_CONNECTION = "no connection";

    public Observation {
        counts = Map.copyOf(counts);
        errors = Map.copyOf(errors);
        endings = Map.copyOf(endings);
        breaches = Map.copyOf(breaches);
    }

    /// Commands that have no event yet.
    public long undecided() {
        return count(Count.COMMANDS_SENT)
                - count(Count.COMMANDS_DONE)
                - count(Count.COMMANDS_NOT_DONE)
                - count(Count.COMMANDS_REJECTED);
    }

    /// Connections that ended in a way.
    public long ended(String how) {
        return endings.getOrDefault(how, 0L);
    }

    public long count(Count what) {
        return counts.getOrDefault(what, 0L);
    }
}
