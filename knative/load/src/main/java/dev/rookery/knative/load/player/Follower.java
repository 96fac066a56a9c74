package dev.rookery.knative.load.player;

import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.load.protocol.Position;
import dev.rookery.knative.load.protocol.Welcome;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a player is in the stream of events, and whether the stream comes in order, without gap or repeat.
///
/// What should not be is told and then lived with: the place goes on from the newest event, and one that was left
/// out and comes late is known as such. So one mistake of the server is one violation, not a flood of them.
///
/// Used by one thread; the position may be read by any.
final class Follower {

    private static final int MAX_SKIPPED = 1_000;

    private final Set<Long> skipped = new HashSet<>();
    private volatile @Nullable Position position;

    /// Null before the first welcome.
    @Nullable
    Position position() {
        return position;
    }

    /// @param asked what the hello asked to resume from; null when it asked nothing
    @Nullable
    Violation welcomed(@Nullable Position asked, Welcome welcome) {
        var now = welcome.position();
        var violation = asked == null ? uninvited(welcome) : unfit(asked, welcome);
        if (welcome.resumed() && asked != null && violation == null) {
            // The welcome may tell where the stream ends by now; what the player has seen is what it asked from.
            return null;
        }
        position = now;
        skipped.clear();
        return violation;
    }

    /// One event that is no repeat.
    Step follow(Event event) {
        var last = position;
        if (last == null) {
            return new Step(
                    true, new Violation(Violation.Kind.BAD_FRAME, "event " + event.seq() + " before a welcome"));
        }
        long due = last.seq() + 1;
        if (event.seq() < due) {
            return skipped.remove(event.seq())
                    ? new Step(true, broken(Violation.Kind.REORDERED, event, last))
                    : new Step(false, broken(Violation.Kind.DUPLICATE, event, last));
        }
        position = new Position(last.epoch(), event.seq());
        if (event.seq() == due) {
            return new Step(true, null);
        }
        skip(due, event.seq());
        return new Step(true, broken(Violation.Kind.GAP, event, last));
    }

    /// What an event is to the player.
    ///
    /// @param isNew whether it had not been given before
    record Step(boolean isNew, @Nullable Violation violation) {}

    private void skip(long from, long until) {
        for (long seq = from; seq < until && skipped.size() < MAX_SKIPPED; seq++) {
            skipped.add(seq);
        }
    }

    private static @Nullable Violation uninvited(Welcome welcome) {
        return welcome.resumed()
                ? badWelcome("resumed at " + welcome.position() + " (expected: no resume, none asked)")
                : null;
    }

    private static @Nullable Violation unfit(Position asked, Welcome welcome) {
        var now = welcome.position();
        boolean sameEpoch = now.epoch().equals(asked.epoch());
        if (welcome.resumed() && !sameEpoch) {
            return badWelcome("resumed at " + now + " (expected: epoch " + asked.epoch() + ")");
        }
        // In another epoch the numbers begin anew; in the same one some would be handed out twice.
        if (sameEpoch && now.seq() < asked.seq()) {
            return badWelcome("stream is at " + now + " (expected: not before " + asked + ", which was seen)");
        }
        return null;
    }

    private static Violation badWelcome(String what) {
        return new Violation(Violation.Kind.BAD_WELCOME, what);
    }

    private static Violation broken(Violation.Kind kind, Event event, Position last) {
        return new Violation(
                kind, "seq: " + event.seq() + " (expected: " + (last.seq() + 1) + " in epoch " + last.epoch() + ")");
    }
}
