package dev.rookery.eventing.contract;

/// A function lets a player into a room, or no longer. Open rooms need no grant, so there is nothing to change.
///
/// A grant ends by itself when nobody has used the room for a day.
public sealed interface RoomChange {

    RoomId room();

    PlayerId player();

    /// The player may join. Whether and when is up to the player.
    record Granted(RoomId room, PlayerId player) implements RoomChange {

        public Granted {
            checkIsNotOpen(room);
        }
    }

    /// The player may join no longer, and has to leave when in the room.
    record Revoked(RoomId room, PlayerId player) implements RoomChange {

        public Revoked {
            checkIsNotOpen(room);
        }
    }

    private static void checkIsNotOpen(RoomId room) {
        if (room.isOpen()) {
            throw new IllegalArgumentException("room: " + room + " (expected: one that is not open to all)");
        }
    }
}
