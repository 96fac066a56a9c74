package dev.rookery.gateway.rooms;

import dev.rookery.eventing.contract.PlayerId;
import java.util.LinkedHashSet;
import java.util.Set;

/// Who came and went since it was last told; who did both is not worth telling.
///
/// Confined to the room's home.
final class Presence implements Roster.Watcher {

    private final Set<PlayerId> joined = new LinkedHashSet<>();
    private final Set<PlayerId> left = new LinkedHashSet<>();

    @Override
    public void joined(PlayerId player) {
        if (!left.remove(player)) {
            joined.add(player);
        }
    }

    @Override
    public void left(PlayerId player) {
        if (!joined.remove(player)) {
            left.add(player);
        }
    }

    boolean isEmpty() {
        return joined.isEmpty() && left.isEmpty();
    }

    /// What is to be told; it then counts as told.
    Change take() {
        var change = new Change(joined, left);
        joined.clear();
        left.clear();
        return change;
    }

    record Change(Set<PlayerId> joined, Set<PlayerId> left) {

        Change {
            joined = new LinkedHashSet<>(joined);
            left = new LinkedHashSet<>(left);
        }
    }
}
