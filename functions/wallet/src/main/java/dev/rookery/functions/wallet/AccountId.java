package dev.rookery.functions.wallet;

import dev.rookery.eventing.contract.PlayerId;

/// Names one pot of money in one currency: `player/p-7/EUR`, `world/EUR`.
record AccountId(String value) {

    static AccountId of(PlayerId player, String currency) {
        return new AccountId("player/" + player + "/" + currency);
    }

    /// Where deposits come from and withdrawals go: everything outside Rookery. Its balance is what players hold,
    /// negated.
    static AccountId world(String currency) {
        return new AccountId("world/" + currency);
    }
}
