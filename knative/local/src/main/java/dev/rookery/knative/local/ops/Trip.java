package dev.rookery.knative.local.ops;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command's way, as far as it has left traces.
///
/// @param key    whose commands keep their order; null while it is not known
/// @param trace  of the client's message, 32 hex digits; null when it is not known
/// @param ending `done`, `refused` or `failed`; null while there is none
/// @param hops   in the order in which they follow from each other; clocks of several processes tell their times
record Trip(
        String player,
        String id,
        String type,
        @Nullable String key,
        String function,
        @Nullable String trace,
        @Nullable String ending,
        List<Hop> hops) {

    Trip {
        hops = List.copyOf(hops);
    }

    /// One place on the way.
    ///
    /// @param where  `gateway`, `kafka`, `dispatcher`, `function`, `ledger` or `redis`
    /// @param what   happens there, in a few words
    /// @param detail such as the place in a topic; empty when there is none
    record Hop(Instant at, String where, String what, String detail) {}
}
