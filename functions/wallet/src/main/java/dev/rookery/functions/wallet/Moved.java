package dev.rookery.functions.wallet;

/// What has moved between a player and the world.
///
/// @param account  the player's
/// @param amount   in minor units
/// @param balance  of the account, after it
/// @param transfer its id in the ledger
record Moved(String account, long amount, String currency, long balance, String transfer) {

    Deposited deposited(boolean offerLimits) {
        return new Deposited(account, amount, currency, balance, transfer, offerLimits);
    }

    /// What a player is told of a deposit.
    ///
    /// @param offerLimits whether the client is to ask the player for a deposit limit (RTS 12A): when this is the
    ///                    first money in the account, and nothing is limited in its currency
    record Deposited(
            String account, long amount, String currency, long balance, String transfer, boolean offerLimits) {}
}
