package dev.rookery.functions.ledger;

/// What a pot of money is for.
public enum AccountKind {
    PLAYER("player"),
    /// What players lose to and win from.
    HOUSE("house"),
    JACKPOT("jackpot"),
    /// What players are given.
    PROMOTION("promotion"),
    /// Promised to the world, not yet paid.
    PENDING_WITHDRAWAL("pending-withdrawal"),
    /// The world, where deposits come from.
    CASH_IN("cash-in"),
    /// The world, where withdrawals go.
    CASH_OUT("cash-out");

    private final String wireName;

    AccountKind(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /// What the balance of such an account never goes below. The world gives what it is asked for, and what players
    /// are given is paid for later; everything else only what it has.
    long floor() {
        return switch (this) {
            case CASH_IN, PROMOTION -> Long.MIN_VALUE / 2;
            case PLAYER, HOUSE, JACKPOT, PENDING_WITHDRAWAL, CASH_OUT -> 0;
        };
    }
}
