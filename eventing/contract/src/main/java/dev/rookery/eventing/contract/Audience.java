package dev.rookery.eventing.contract;

import java.util.List;

/// Who is told by a [Push].
public sealed interface Audience {

    /// How many streams the push is appended to.
    int streams();

    /// Players, each in a stream of their own, whether they are connected or not.
    ///
    /// @param players 1..MAX_PLAYERS; more than that are better told as a room
    record Players(List<PlayerId> players) implements Audience {

        public static final int MAX_PLAYERS = 1_000;

        public Players {
            players = List.copyOf(players);
            if (players.isEmpty() || players.size() > MAX_PLAYERS) {
                throw new IllegalArgumentException(
                        "players: " + players.size() + " (expected: 1.." + MAX_PLAYERS + ")");
            }
        }

        @Override
        public int streams() {
            return players.size();
        }
    }

    /// All members of a room, by the room's one stream; who joins later can read it from there.
    record Room(RoomId room) implements Audience {

        @Override
        public int streams() {
            return 1;
        }
    }

    static Audience of(PlayerId player) {
        return new Players(List.of(player));
    }

    static Audience of(RoomId room) {
        return new Room(room);
    }
}
