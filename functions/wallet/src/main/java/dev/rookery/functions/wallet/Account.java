package dev.rookery.functions.wallet;

import dev.rookery.eventing.contract.Refusal;

/// A player's pot of money, as it stands under its lock. The rules of moving money are here, and pure.
///
/// @param owner   the player, by pseudonym
/// @param balance in minor units
/// @param held    part of the balance that is promised elsewhere, in minor units
/// @param floor   what balance less held never goes below
record Account(AccountId id, String owner, String currency, long balance, long held, long floor) {

    /// Clients that read JSON numbers as doubles know larger ones only roughly.
    static final long MAX_BALANCE = (1L << 53) - 1;

    /// May the amount come in?
    Movement in(long amount) {
        if (amount > MAX_BALANCE - balance) {
            return new Movement.Refused(new Refusal(
                    "balance-limit",
                    "amount: " + amount + " " + currency + " (expected: at most " + (MAX_BALANCE - balance) + ")"));
        }
        return new Movement.Allowed(balance + amount);
    }

    /// May the amount go out?
    Movement out(long amount) {
        long available = balance - held - floor;
        if (amount > available) {
            return new Movement.Refused(new Refusal(
                    "insufficient-funds",
                    "amount: " + amount + " " + currency + " (expected: at most " + available + ")"));
        }
        return new Movement.Allowed(balance - amount);
    }
}
