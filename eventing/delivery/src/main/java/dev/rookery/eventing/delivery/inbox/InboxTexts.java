package dev.rookery.eventing.delivery.inbox;

import dev.rookery.eventing.contract.Audience;
import dev.rookery.eventing.contract.Outcome.RecordedFact;
import dev.rookery.eventing.contract.Outcome.RecordedPush;
import dev.rookery.eventing.contract.Outcome.RecordedRoomChange;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.RoomChange;
import dev.rookery.eventing.contract.RoomId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The lists of an outcome as texts in its row: JSON arrays, in which an event is a string, so that it comes back
/// to the byte.
final class InboxTexts {

    private final JsonMapper json;

    InboxTexts(JsonMapper json) {
        this.json = json;
    }

    String ofFacts(List<RecordedFact> facts) {
        return json.writeValueAsString(facts);
    }

    List<RecordedFact> facts(String text) {
        return Arrays.asList(json.readValue(text, RecordedFact[].class));
    }

    String ofPushes(List<RecordedPush> pushes) {
        return json.writeValueAsString(pushes.stream().map(StoredPush::of).toList());
    }

    List<RecordedPush> pushes(String text) {
        return Arrays.stream(json.readValue(text, StoredPush[].class))
                .map(StoredPush::recorded)
                .toList();
    }

    String ofRoomChanges(List<RecordedRoomChange> changes) {
        return json.writeValueAsString(
                changes.stream().map(StoredRoomChange::of).toList());
    }

    List<RecordedRoomChange> roomChanges(String text) {
        return Arrays.stream(json.readValue(text, StoredRoomChange[].class))
                .map(StoredRoomChange::recorded)
                .toList();
    }

    /// @param players null when it goes to a room
    /// @param room    null when it goes to players
    record StoredPush(
            String id,
            long recordedMillis,
            String event,
            @Nullable List<String> players,
            @Nullable String room) {

        static StoredPush of(RecordedPush push) {
            return switch (push.to()) {
                case Audience.Players(var players) ->
                    new StoredPush(
                            push.id(),
                            push.recordedMillis(),
                            push.event(),
                            players.stream().map(PlayerId::value).toList(),
                            null);
                case Audience.Room(var room) ->
                    new StoredPush(push.id(), push.recordedMillis(), push.event(), null, room.value());
            };
        }

        RecordedPush recorded() {
            return new RecordedPush(id, recordedMillis, event, audience());
        }

        private Audience audience() {
            if (players != null) {
                return new Audience.Players(players.stream().map(PlayerId::new).toList());
            }
            if (room != null) {
                return new Audience.Room(new RoomId(room));
            }
            throw new IllegalStateException("push: " + id + " is for nobody (expected: players or a room)");
        }
    }

    /// @param granted false when it is a revoke
    record StoredRoomChange(String id, long recordedMillis, boolean granted, String room, String player) {

        static StoredRoomChange of(RecordedRoomChange recorded) {
            var change = recorded.change();
            boolean granted = switch (change) {
                case RoomChange.Granted _ -> true;
                case RoomChange.Revoked _ -> false;
            };
            return new StoredRoomChange(
                    recorded.id(),
                    recorded.recordedMillis(),
                    granted,
                    change.room().value(),
                    change.player().value());
        }

        RecordedRoomChange recorded() {
            var in = new RoomId(room);
            var who = new PlayerId(player);
            return new RecordedRoomChange(
                    id, recordedMillis, granted ? new RoomChange.Granted(in, who) : new RoomChange.Revoked(in, who));
        }
    }
}
