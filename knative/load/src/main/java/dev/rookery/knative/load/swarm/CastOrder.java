package dev.rookery.knative.load.swarm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Whether the casts that one connection gets come in the order in which each sender sent them. Some may be missing:
/// a cast comes at most once.
///
/// The number of a cast is its place in all that its sender ever sent, with the sender's connection in front: what a
/// sender said over an old connection may be overtaken by what it says over the new one, through another gateway.
final class CastOrder {

    private static final int CONNECTION_SHIFT = 40;

    private long[] last = {};
    private long missed;

    static long number(long connection, long count) {
        return (connection << CONNECTION_SHIFT) | count;
    }

    /// @param slot   of the sender in its room, below [SwarmSettings#SENDERS]
    /// @param number as [#number] made it
    @Nullable
    Breach cast(int slot, long number) {
        if (last.length <= slot) {
            last = Arrays.copyOf(last, slot + 1);
        }
        long before = last[slot];
        if (before >> CONNECTION_SHIFT > number >> CONNECTION_SHIFT) {
            return null;
        }
        if (number <= before) {
            return new Breach(
                    Breach.Kind.CAST_REORDERED,
                    "cast: " + number + " of sender " + slot + " (expected: > " + before + ")");
        }
        if (before >> CONNECTION_SHIFT == number >> CONNECTION_SHIFT) {
            missed += number - before - 1;
        }
        last[slot] = number;
        return null;
    }

    /// Casts that were sent between others that came, and did not come.
    long takeMissed() {
        long taken = missed;
        missed = 0;
        return taken;
    }
}
