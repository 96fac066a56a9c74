package dev.rookery.knative.load.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Something that happened to the player: the one answer to a command, or a push.
///
/// @param seq     its place in the stream; 0 in a repeat that has left the history
/// @param id      of the event itself: it is the same event wherever the id is
/// @param re      the command that it answers; null in a push
/// @param outcome null in a push
/// @param repeat  given again because its command was sent again: it moves no position
/// @param data    what the type says; JSON null when there is none
public record Event(
        long seq,
        String id,
        String type,
        @Nullable String re,
        @Nullable Outcome outcome,
        boolean repeat,
        JsonNode data) implements ServerFrame {

    public Event {
        if (seq < (repeat ? 0 : 1)) {
            throw new IllegalArgumentException("seq: " + seq + " (expected: >= " + (repeat ? 0 : 1) + ")");
        }
        if ((re == null) != (outcome == null)) {
            throw new IllegalArgumentException(
                    "re: " + re + ", outcome: " + outcome + " (expected: both, or none in a push)");
        }
        if (repeat && re == null) {
            throw new IllegalArgumentException("repeat: of a push (expected: of an answer)");
        }
    }

    /// Whether both tell the same, wherever each has its place.
    public boolean tellsTheSameAs(Event other) {
        return id.equals(other.id) && type.equals(other.type) && outcome == other.outcome && data.equals(other.data);
    }
}
