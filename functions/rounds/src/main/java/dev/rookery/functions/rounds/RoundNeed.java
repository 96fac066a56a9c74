package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.PlayerId;
import java.util.Set;

/// What a command works on besides the player's open rounds and seeds.
///
/// @param currencies of accounts, besides those of the open rounds
record RoundNeed(PlayerId player, Set<String> currencies) {

    RoundNeed {
        currencies = Set.copyOf(currencies);
    }

    static RoundNeed of(PlayerId player) {
        return new RoundNeed(player, Set.of());
    }
}
