package dev.rookery.functions.ledger;

import dev.rookery.eventing.contract.Refusal;

/// Whether money may move.
public sealed interface Movement {

    /// @param after the account's balance then, in minor units
    record Allowed(long after) implements Movement {}

    record Refused(Refusal why) implements Movement {}
}
