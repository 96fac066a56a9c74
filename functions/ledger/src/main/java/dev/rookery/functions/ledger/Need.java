package dev.rookery.functions.ledger;

import dev.rookery.eventing.contract.PlayerId;
import java.util.Set;

/// What a command works on in the ledger.
///
/// @param player     whose command it is; locked
/// @param currencies of the player's accounts that it looks at or moves
/// @param shared     pots that are everybody's, as far as it looks at them before it moves money
/// @param holds      that it may end
/// @param transfers  that it makes at most
/// @param setsLimits whether the player may have limits after it that were not there before: whoever comes behind it in
///                   the transaction has to know what was done already
public record Need(
        PlayerId player,
        Set<String> currencies,
        Set<AccountId> shared,
        Set<String> holds,
        int transfers,
        boolean setsLimits) {

    public Need {
        currencies = Set.copyOf(currencies);
        shared = Set.copyOf(shared);
        holds = Set.copyOf(holds);
    }

    /// Of a command that moves no money.
    public static Need of(PlayerId player) {
        return new Need(player, Set.of(), Set.of(), Set.of(), 0, false);
    }

    /// Of a command that sets a limit.
    public static Need ofLimits(PlayerId player) {
        return new Need(player, Set.of(), Set.of(), Set.of(), 0, true);
    }

    /// Of a command that makes one transfer of the player's money.
    public static Need of(PlayerId player, String currency) {
        return new Need(player, Set.of(currency), Set.of(), Set.of(), 1, false);
    }
}
