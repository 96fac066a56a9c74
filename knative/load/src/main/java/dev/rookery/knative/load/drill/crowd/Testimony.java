package dev.rookery.knative.load.drill.crowd;

import dev.rookery.knative.load.player.Observed;
import dev.rookery.knative.load.protocol.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one player saw.
///
/// @param commands  that it asked for, in that order
/// @param told      the answers, by the command's id: of its own commands, of those that others sent for it, and
///                  of rounds that were ended for it
/// @param changed   answers that told something else than the first one had
/// @param reuses    what became of other commands under ids of earlier ones
/// @param stale     reads that lacked what the player had been told
/// @param beganAnew when its stream last began anew, so that what was told before may have been lost; null when
///                  it never did
public record Testimony(
        String player,
        Habit habit,
        List<Command> commands,
        Map<String, Event> told,
        List<String> changed,
        List<Reuse> reuses,
        List<String> stale,
        @Nullable Instant beganAnew,
        Observed observed) {

    public Testimony {
        commands = List.copyOf(commands);
        told = Map.copyOf(told);
        changed = List.copyOf(changed);
        reuses = List.copyOf(reuses);
        stale = List.copyOf(stale);
    }

    /// @param end what it has come to
    public record Command(Asked asked, End end) {}

    /// @param end what it has come to: to be refused is right
    public record Reuse(Asked other, End end) {}

    /// How a command ended for who asked.
    public sealed interface End {

        /// Not yet.
        record None() implements End {}

        /// By an event.
        record Told() implements End {}

        /// It had no effect and never will have.
        ///
        /// @param code of the protocol
        record Rejected(String code) implements End {}

        /// Because the player was told to stop, or for another reason that is none of the command's.
        record Lost(String why) implements End {}
    }
}
