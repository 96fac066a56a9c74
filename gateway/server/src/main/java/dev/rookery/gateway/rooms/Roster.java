package dev.rookery.gateway.rooms;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.stream.RoomMessage;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who is in a room, on all gateways, as far as one gateway knows. A player is there once, however many sessions
/// it has joined with.
///
/// As with streams, a change that is heard is trusted only when it is exactly the next one.
///
/// Confined to the room's home, but for [#players()].
final class Roster {

    private final String gateway;
    private final Map<MemberId, PlayerId> members = new HashMap<>();
    private final Map<PlayerId, Integer> sessions = new ConcurrentHashMap<>();
    private final Map<String, Integer> byGateway = new HashMap<>();
    private long version;

    /// @param gateway this one
    Roster(String gateway) {
        this.gateway = gateway;
    }

    /// What a change that was heard is worth.
    enum Heard {
        /// It was the next one.
        APPLIED,
        KNOWN,
        /// Others came before it that were not heard: read all again.
        GAP
    }

    /// Who is seen to come or go.
    interface Watcher {

        void joined(PlayerId player);

        void left(PlayerId player);
    }

    Heard hear(RoomMessage.Changed change, Watcher watcher) {
        if (change.version() <= version) {
            return Heard.KNOWN;
        }
        if (change.version() != version + 1) {
            return Heard.GAP;
        }
        version = change.version();
        var member = MemberId.parse(change.member());
        if (change.joined()) {
            add(member, change.player(), watcher);
        } else {
            remove(member, watcher);
        }
        return Heard.APPLIED;
    }

    /// Takes what was read, whole, unless more has been heard since.
    void read(long readVersion, Map<MemberId, PlayerId> read, Watcher watcher) {
        if (readVersion < version) {
            return;
        }
        version = readVersion;
        for (var member : List.copyOf(members.keySet())) {
            if (!read.containsKey(member)) {
                remove(member, watcher);
            }
        }
        read.forEach((member, player) -> add(member, player, watcher));
    }

    /// Redis may have lost its last changes and may hand out their versions again: the next reading counts,
    /// whatever its version.
    void distrust() {
        version = 0;
    }

    long version() {
        return version;
    }

    boolean has(MemberId member) {
        return members.containsKey(member);
    }

    /// Whether somebody is here over another gateway.
    boolean reachesElsewhere() {
        return byGateway.size() > (byGateway.containsKey(gateway) ? 1 : 0);
    }

    /// Members whom these gateways keep.
    List<MemberId> of(Collection<String> gone) {
        var lost = new HashSet<>(gone);
        return members.keySet().stream()
                .filter(member -> lost.contains(member.gateway()))
                .toList();
    }

    Set<String> gateways() {
        return Set.copyOf(byGateway.keySet());
    }

    /// From any thread: everybody who was there when this is called, and perhaps who comes meanwhile.
    Set<PlayerId> players() {
        return sessions.keySet();
    }

    private void add(MemberId member, PlayerId player, Watcher watcher) {
        if (members.putIfAbsent(member, player) != null) {
            return;
        }
        byGateway.merge(member.gateway(), 1, Integer::sum);
        if (sessions.merge(player, 1, Integer::sum) == 1) {
            watcher.joined(player);
        }
    }

    private void remove(MemberId member, Watcher watcher) {
        var player = members.remove(member);
        if (player == null) {
            return;
        }
        byGateway.computeIfPresent(member.gateway(), (_, count) -> count == 1 ? null : count - 1);
        if (sessions.computeIfPresent(player, (_, count) -> count == 1 ? null : count - 1) == null) {
            watcher.left(player);
        }
    }
}
