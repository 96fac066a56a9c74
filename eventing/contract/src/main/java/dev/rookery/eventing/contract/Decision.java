package dev.rookery.eventing.contract;

import java.util.HashSet;
import java.util.List;

/// What a rule makes of a command, before it is recorded. Pure rules return this.
public sealed interface Decision {

    /// The type of the event that tells the player.
    EventType type();

    /// It was done.
    ///
    /// Its room changes are told first, then its pushes in their order, then the player's event and the facts.
    ///
    /// @param type        in the past tense, such as `wallet.deposited`
    /// @param data        for the player; becomes JSON
    /// @param facts       for other functions
    /// @param pushes      for other players and rooms, or the player again; to MAX_STREAMS streams at most in all
    /// @param roomChanges whom it lets into rooms or no longer; MAX_ROOM_CHANGES at most, one a player and room
    record Done(EventType type, Object data, List<Fact> facts, List<Push> pushes, List<RoomChange> roomChanges)
            implements Decision {

        /// All of it has to be told within the time that one delivery has.
        public static final int MAX_STREAMS = 1_000;

        public static final int MAX_ROOM_CHANGES = 1_000;

        public Done {
            facts = List.copyOf(facts);
            pushes = List.copyOf(pushes);
            roomChanges = List.copyOf(roomChanges);
            checkPushes(pushes);
            checkRoomChanges(roomChanges);
        }

        /// Done, and nobody else is told but other functions.
        public Done(EventType type, Object data, List<Fact> facts) {
            this(type, data, facts, List.of(), List.of());
        }

        /// The same, with these pushes and no others.
        public Done withPushes(List<Push> pushes) {
            return new Done(type, data, facts, pushes, roomChanges);
        }

        /// The same, with these room changes and no others.
        public Done withRoomChanges(List<RoomChange> roomChanges) {
            return new Done(type, data, facts, pushes, roomChanges);
        }

        private static void checkPushes(List<Push> pushes) {
            int streams = pushes.stream().mapToInt(push -> push.to().streams()).sum();
            if (streams > MAX_STREAMS) {
                throw new IllegalArgumentException(
                        "pushes: to " + streams + " players and rooms (expected: " + MAX_STREAMS + " at most in all)");
            }
        }

        private static void checkRoomChanges(List<RoomChange> roomChanges) {
            if (roomChanges.size() > MAX_ROOM_CHANGES) {
                throw new IllegalArgumentException(
                        "roomChanges: " + roomChanges.size() + " (expected: " + MAX_ROOM_CHANGES + " at most)");
            }
            var changed = new HashSet<Membership>();
            for (var change : roomChanges) {
                if (!changed.add(new Membership(change.room(), change.player()))) {
                    throw new IllegalArgumentException("roomChanges: " + change.player() + " in " + change.room()
                            + " changes twice (expected: once in a decision)");
                }
            }
        }

        private record Membership(RoomId room, PlayerId player) {}
    }

    /// It was not done, and that is final for this command: the refusal is recorded as an outcome is.
    record Refused(EventType type, Refusal refusal) implements Decision {}
}
