package dev.rookery.eventing.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a command stands after its function has run: what the runtime emits.
public sealed interface Outcome {

    /// Recorded in the inbox, now or by an earlier delivery. The texts are what was recorded, to the byte.
    ///
    /// @param eventId names the event that tells the player
    /// @param ending  how it ended
    /// @param event   the event as JSON object: `id`, `type`, `re`, `outcome`, `time`, `data`
    /// @param facts   for other functions
    /// @param first   the sending whose delivery was recorded; null when that did not come from a connection
    /// @param earlier whether an earlier delivery had recorded it
    record Recorded(
            String eventId,
            Ending ending,
            String event,
            List<RecordedFact> facts,
            @Nullable Sending first,
            boolean earlier)
            implements Outcome {

        public Recorded {
            facts = List.copyOf(facts);
        }
    }

    /// The id stands for another command: nothing was done or changed.
    ///
    /// @param recorded fingerprint of the command that has the id
    /// @param given    fingerprint of this one
    record IdReused(String recorded, String given) implements Outcome {}

    /// A [Fact] as recorded.
    ///
    /// @param time when it was recorded, RFC 3339
    /// @param data JSON
    record RecordedFact(String id, String type, String key, String time, String data) {}
}
