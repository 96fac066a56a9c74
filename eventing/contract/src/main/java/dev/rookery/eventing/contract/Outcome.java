package dev.rookery.eventing.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a command stands after its function has run: what the runtime emits.
public sealed interface Outcome {

    /// Recorded in the inbox, now or by an earlier delivery. The texts are what was recorded, to the byte.
    ///
    /// @param eventId     names the event that tells the player
    /// @param ending      how it ended
    /// @param event       the event as JSON object: `id`, `type`, `re`, `outcome`, `time`, `data`
    /// @param facts       for other functions
    /// @param pushes      for other players and rooms
    /// @param roomChanges whom it lets into rooms or no longer
    /// @param first       the sending whose delivery was recorded; null when that did not come from a connection
    /// @param earlier     whether an earlier delivery had recorded it
    record Recorded(
            String eventId,
            Ending ending,
            String event,
            List<RecordedFact> facts,
            List<RecordedPush> pushes,
            List<RecordedRoomChange> roomChanges,
            @Nullable Sending first,
            boolean earlier)
            implements Outcome {

        public Recorded {
            facts = List.copyOf(facts);
            pushes = List.copyOf(pushes);
            roomChanges = List.copyOf(roomChanges);
        }

        /// One that tells other functions alone.
        public Recorded(
                String eventId,
                Ending ending,
                String event,
                List<RecordedFact> facts,
                @Nullable Sending first,
                boolean earlier) {
            this(eventId, ending, event, facts, List.of(), List.of(), first, earlier);
        }
    }

    /// The id stands for another command: nothing was done or changed.
    ///
    /// @param recorded fingerprint of the command that has the id
    /// @param given    fingerprint of this one
    record IdReused(String recorded, String given) implements Outcome {}

    /// An earlier command of the same player and key threw and has not ended: nothing was done, and this one's turn
    /// comes when it is delivered again.
    ///
    /// @param behind id of the command that is waited for
    record Waiting(String behind) implements Outcome {}

    /// A [Fact] as recorded.
    ///
    /// @param time when it was recorded, RFC 3339
    /// @param data JSON
    record RecordedFact(String id, String type, String key, String time, String data) {}

    /// A [Push] as recorded.
    ///
    /// @param id             names the event for ever, in every stream that it goes to
    /// @param recordedMillis when it was recorded, in milliseconds since 1970
    /// @param event          the event as JSON object: `id`, `type`, `time`, `data`
    record RecordedPush(String id, long recordedMillis, String event, Audience to) {}

    /// A [RoomChange] as recorded.
    ///
    /// @param id             names the change for ever
    /// @param recordedMillis when it was recorded, in milliseconds since 1970: of two changes the later counts
    record RecordedRoomChange(String id, long recordedMillis, RoomChange change) {}
}
