package dev.rookery.knative.load.player;

import java.util.List;
import java.util.Map;

/// What a player saw so far.
///
/// @param welcomes   connections that were welcomed
/// @param resumed    those that went on from where the player was
/// @param accepted   commands that were called durable, each time
/// @param events     events of the stream, repeats not counted
/// @param repeats    events given again
/// @param errors     by code
/// @param endings    connections that ended, or could not be made, by close code
/// @param violated   promises broken
/// @param violations the first of these
public record Observed(
        long welcomes,
        long resumed,
        long accepted,
        long events,
        long repeats,
        Map<String, Long> errors,
        Map<Integer, Long> endings,
        long violated,
        List<Violation> violations) {

    public Observed {
        errors = Map.copyOf(errors);
        endings = Map.copyOf(endings);
        violations = List.copyOf(violations);
    }
}
