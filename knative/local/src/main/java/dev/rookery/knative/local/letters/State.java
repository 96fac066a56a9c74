package dev.rookery.knative.local.letters;

import dev.rookery.knative.local.letters.Outcomes.Recorded;
import java.util.List;

/// How a dead letter stands, by what its function has recorded of it and of its replays.
sealed interface State {

    /// Whatever it is, no function takes commands of its type: it cannot be replayed.
    record Undeliverable() implements State {}

    /// It has no outcome: no function got it, or none could end it. It can be replayed as itself.
    record Undecided() implements State {}

    /// It failed for good, and so did its replays.
    ///
    /// @param replays that failed
    record Failed(int replays) implements State {}

    /// It has an outcome that is none of ours to mend.
    ///
    /// @param ending  `done` or `refused`
    /// @param replays the number of the replay that it came by; 0 when it was the command itself
    record Ended(String ending, int replays) implements State {}

    /// @param command what is recorded of the command itself
    /// @param replays what is recorded of its replays, in order
    static State of(Recorded command, List<Recorded> replays) {
        if (command.ending() == null) {
            return new Undecided();
        }
        if (!command.ending().equals("failed")) {
            return new Ended(command.ending(), 0);
        }
        int failed = 0;
        for (var replay : replays) {
            if (replay.ending() == null) {
                return new Failed(failed);
            }
            failed++;
            if (!replay.ending().equals("failed")) {
                return new Ended(replay.ending(), failed);
            }
        }
        return new Failed(failed);
    }

    /// For people.
    default String text() {
        return switch (this) {
            case Undeliverable() -> "undeliverable";
            case Undecided() -> "no outcome";
            case Failed(var replays) -> replays == 0 ? "failed" : "failed, replay-" + replays + " too";
            case Ended(var ending, var replays) -> replays == 0 ? ending : "replayed, " + ending;
        };
    }
}
