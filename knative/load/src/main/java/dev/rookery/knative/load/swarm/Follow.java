package dev.rookery.knative.load.swarm;

import dev.rookery.knative.load.protocol.Position;
import org.jspecify.annotations.Nullable;

/// How far a member has followed a stream, its own or its room's, and whether that comes in order, without gap or
/// repeat. After a mistake of the server it goes on from the newest event, so that one mistake is one breach.
final class Follow {

    private @Nullable String epoch;
    private long seq;
    private @Nullable Position asked;
    private long skippedFrom;
    private long skippedTo;

    /// What to resume from; null when nothing was seen yet. What comes next has to fit it.
    @Nullable
    Position ask() {
        asked = epoch == null ? null : new Position(epoch, seq);
        return asked;
    }

    /// Whether it was followed in another epoch so far.
    boolean isElsewhere(String newEpoch) {
        return epoch != null && !epoch.equals(newEpoch);
    }

    /// What a welcome or a joined said.
    @Nullable
    Breach begun(String newEpoch, long newSeq, boolean resumed) {
        var from = asked;
        if (newEpoch.isEmpty() || newSeq < 0) {
            return bad("no position (expected: epoch and seq)");
        }
        if (resumed && from == null) {
            return bad("resumed (expected: no resume, none asked)");
        }
        if (resumed && from != null && !from.epoch().equals(newEpoch)) {
            return bad("resumed in epoch " + newEpoch + " (expected: " + from.epoch() + ")");
        }
        if (from != null && from.epoch().equals(newEpoch) && newSeq < from.seq()) {
            return bad("at " + newEpoch + "/" + newSeq + " (expected: not before " + from + ", which was seen)");
        }
        // The server may tell where the stream ends by now; what was seen is what was asked from.
        if (!resumed) {
            epoch = newEpoch;
            seq = newSeq;
        }
        skippedFrom = skippedTo = 0;
        return null;
    }

    /// One event that is no repeat.
    @Nullable
    Breach event(long next) {
        if (epoch == null) {
            return new Breach(Breach.Kind.BAD_FRAME, "event " + next + " before a position (expected: one first)");
        }
        if (next == seq + 1) {
            seq = next;
            return null;
        }
        if (next > seq) {
            var gap = broken(Breach.Kind.GAP, next);
            skippedFrom = seq + 1;
            skippedTo = next;
            seq = next;
            return gap;
        }
        boolean wasSkipped = next >= skippedFrom && next < skippedTo;
        return broken(wasSkipped ? Breach.Kind.REORDERED : Breach.Kind.DUPLICATE, next);
    }

    private Breach broken(Breach.Kind kind, long next) {
        return new Breach(kind, "seq: " + next + " (expected: " + (seq + 1) + " in epoch " + epoch + ")");
    }

    private static Breach bad(String what) {
        return new Breach(Breach.Kind.BAD_POSITION, what);
    }
}
