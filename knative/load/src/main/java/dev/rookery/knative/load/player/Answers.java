package dev.rookery.knative.load.player;

import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.load.protocol.Position;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Remembers what each command was answered, to check that it is one answer, however often it is given.
final class Answers {

    private final int limit;
    private final LinkedHashMap<String, Given> byCommand = new LinkedHashMap<>();

    /// @param limit answers that are remembered; beyond it the oldest is forgotten
    Answers(int limit) {
        this.limit = limit;
    }

    /// @param at where the player is now: a number means something in its epoch only
    @Nullable
    Violation check(@Nullable Position at, Event answer) {
        var command = answer.re();
        if (command == null) {
            return null;
        }
        var given = new Given(at == null ? "" : at.epoch(), answer);
        var earlier = byCommand.get(command);
        if (earlier == null) {
            remember(command, given);
            return null;
        }
        if (!answer.tellsTheSameAs(earlier.answer())) {
            return violation(Violation.Kind.ANSWER_CHANGED, answer, earlier);
        }
        if (earlier.isElsewhere(given)) {
            return violation(Violation.Kind.ANSWERED_TWICE, answer, earlier);
        }
        // A repeat may come without its place.
        if (answer.seq() > 0) {
            byCommand.put(command, given);
        }
        return null;
    }

    private void remember(String command, Given given) {
        if (byCommand.size() >= limit) {
            byCommand.remove(byCommand.firstEntry().getKey());
        }
        byCommand.put(command, given);
    }

    private static Violation violation(Violation.Kind kind, Event answer, Given earlier) {
        return new Violation(kind, "answer: " + answer + " (expected: " + earlier.answer() + ", as before)");
    }

    private record Given(String epoch, Event answer) {

        boolean isElsewhere(Given other) {
            return epoch.equals(other.epoch)
                    && answer.seq() > 0
                    && other.answer.seq() > 0
                    && answer.seq() != other.answer.seq();
        }
    }
}
