package dev.rookery.knative.local.ops;

import dev.rookery.eventing.contract.PlayerId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an inbox and the ledger tell of a command.
///
/// @param ending  `done`, `refused` or `failed`
/// @param eventId of the event that told the player
/// @param at      when the transaction began that decided it
/// @param trace   of the client's message; null when no money moved
/// @param hops    the function's, then one for each transfer
record Decided(
        PlayerId player,
        String type,
        String ending,
        String eventId,
        Instant at,
        @Nullable String trace,
        List<Trip.Hop> hops) {

    Decided {
        hops = List.copyOf(hops);
    }
}
