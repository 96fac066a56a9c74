package dev.rookery.functions.games;

import dev.rookery.eventing.contract.Refusal;

/// Whether a bet is taken.
public sealed interface Acceptance {

    /// @param maxPayout what the round pays at most, in minor units: the house reserves it
    record Accepted(long maxPayout) implements Acceptance {}

    /// With `illegal-terms`, `illegal-stake` or `payout-limit`.
    record Refused(Refusal why) implements Acceptance {}
}
