package dev.rookery.knative.load.drill.crowd;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a player knows when it decides what to do next.
///
/// @param asked     commands so far
/// @param available what it was told that it has, in minor units
/// @param round     its open round of mines; null when there is none
/// @param revealed  tiles of it
/// @param staked    so far, in minor units
/// @param deposited so far, in minor units
/// @param decided   commands that have an outcome, and whose ids stand for nothing else yet
record Sight(
        Habit habit,
        int asked,
        long available,
        @Nullable String round,
        List<Integer> revealed,
        long staked,
        long deposited,
        List<Asked> decided) {

    Sight {
        revealed = List.copyOf(revealed);
        decided = List.copyOf(decided);
    }
}
