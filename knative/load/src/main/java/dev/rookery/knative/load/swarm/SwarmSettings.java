package dev.rookery.knative.load.swarm;

import dev.rookery.knative.load.player.Backoff;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// @param gateways   where members connect; each has its favourite and goes on to the next when that one fails
/// @param size       members
/// @param rooms      over which they are spread evenly; 0 for none
/// @param stalledPercent of the members read for a while, stop, and read again
/// @param padding    characters that make a cast longer
/// @param secret     by which tokens are signed
/// @param run        in front of every name and id, so that no run meets what another left
/// @param loops      event loops
/// @param backoff    before a lost connection is made again
/// @param patience   for a welcome, and for any sign of life
public record SwarmSettings(
        List<InetSocketAddress> gateways,
        int size,
        int rooms,
        int stalledPercent,
        int padding,
        String secret,
        String run,
        int loops,
        Backoff backoff,
        Duration patience) {

    /// Members of a room who cast; the others only listen, so that what each has to remember is bounded.
    static final int SENDERS = 32;

    /// A process may have 20,000 files open on many machines; the rest is for everything else.
    private static final int MAX_SIZE = 19_000;

    private static final int MAX_PADDING = 8_192;

    public SwarmSettings {
        gateways = List.copyOf(gateways);
        require(!gateways.isEmpty(), "gateways: none (expected: at least one)");
        require(size >= 1 && size <= MAX_SIZE, "connections: " + size + " (expected: 1.." + MAX_SIZE + ")");
        require(rooms >= 0 && rooms <= size, "rooms: " + rooms + " (expected: 0.." + size + ")");
        require(stalledPercent >= 0 && stalledPercent <= 100, "stalled: " + stalledPercent + " % (expected: 0..100)");
        require(padding >= 0 && padding <= MAX_PADDING, "padding: " + padding + " (expected: 0.." + MAX_PADDING + ")");
        require(loops >= 1, "loops: " + loops + " (expected: >= 1)");
        require(patience.isPositive(), "patience: " + patience + " (expected: > 0)");
    }

    String player(int index) {
        return run + "-" + index;
    }

    /// Empty when there are no rooms.
    String room(int index) {
        return rooms == 0 ? "" : "open:load-" + index % rooms;
    }

    /// Neighbours in a room favour different gateways, so that what is cast has to cross them.
    InetSocketAddress gateway(int index, int failures) {
        int first = rooms == 0 ? index : index / rooms + index % rooms;
        return gateways.get((first + failures) % gateways.size());
    }

    int slot(int index) {
        return rooms == 0 ? 0 : index / rooms;
    }

    boolean isStalled(int index) {
        return (index * 61L + 17) % 100 < stalledPercent;
    }

    /// Who sends the cast of a number, so that rooms, and the senders of a room, take turns.
    int sender(long cast) {
        int room = (int) (cast % rooms);
        int members = (size - room + rooms - 1) / rooms;
        int slot = (int) (cast / rooms % Math.min(SENDERS, members));
        return slot * rooms + room;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
