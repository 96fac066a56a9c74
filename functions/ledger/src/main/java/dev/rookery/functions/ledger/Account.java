package dev.rookery.functions.ledger;

import dev.rookery.eventing.contract.Refusal;

/// A player's pot of money, as it stands under its lock. The rules of moving money are here, and pure.
///
/// @param balance in minor units
/// @param held    part of the balance that is promised elsewhere, in minor units
/// @param floor   what balance less held never goes below
/// @param version transfers so far
public record Account(AccountId id, long balance, long held, long floor, long version) {

    /// Clients that read JSON numbers as doubles know larger ones only roughly.
    static final long MAX_BALANCE = (1L << 53) - 1;

    /// May the amount come in?
    public Movement in(long amount) {
        if (amount > MAX_BALANCE - balance) {
            return new Movement.Refused(new Refusal(
                    "balance-limit",
                    "amount: " + amount + " " + id.currency() + " (expected: at most " + (MAX_BALANCE - balance)
                            + ")"));
        }
        return new Movement.Allowed(balance + amount);
    }

    /// May the amount go out, or be promised?
    public Movement out(long amount) {
        if (amount > available()) {
            return new Movement.Refused(new Refusal(
                    "insufficient-funds",
                    "amount: " + amount + " " + id.currency() + " (expected: at most " + available() + ")"));
        }
        return new Movement.Allowed(balance - amount);
    }

    /// What may go out.
    public long available() {
        return balance - held - floor;
    }

    /// After a transfer.
    Account moved(long amount) {
        return checked(new Account(id, Math.addExact(balance, amount), held, floor, version + 1));
    }

    /// After a hold was made (positive) or has ended (negative).
    Account promised(long amount) {
        return checked(new Account(id, balance, Math.addExact(held, amount), floor, version));
    }

    /// A rule that moves what is not there is wrong, and nothing of it may be written. The database refuses it too.
    private static Account checked(Account account) {
        if (account.held < 0 || account.available() < 0) {
            throw new IllegalStateException("account: " + account.id + " would have " + account.balance + ", held "
                    + account.held + " (expected: what is not held to be at least " + account.floor + ")");
        }
        return account;
    }
}
