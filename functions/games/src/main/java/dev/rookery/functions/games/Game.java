package dev.rookery.functions.games;

import dev.rookery.functions.games.fair.RoundSeed;
import java.util.List;
import java.util.Optional;

/// A game at the terms that a player bets on: a plain record, whose components are the terms.
///
/// Nothing of a round is kept but its terms, stake, moves and seed: where it stands is played again from them, each
/// time with the same end. What a player can ask for is answered, with a refusal if need be; nothing throws.
public sealed interface Game permits Dice, Mines {

    /// Of the game, whatever the terms: `dice`, `mines`.
    String name();

    /// May a round be opened at these terms, and what would the house have to pay at most?
    ///
    /// @param stake in minor units of any currency
    Acceptance accept(long stake);

    /// Where the round stands after these moves.
    ///
    /// @param stake in minor units of any currency
    /// @param moves all that were made so far, the first one first; the first that is not possible is refused
    Standing play(long stake, List<Move> moves, RoundSeed seed);

    /// What the terms of the game of that name are, for who reads them from JSON.
    static Optional<Class<? extends Game>> named(String name) {
        return switch (name) {
            case Dice.NAME -> Optional.of(Dice.class);
            case Mines.NAME -> Optional.of(Mines.class);
            default -> Optional.empty();
        };
    }
}
