package dev.rookery.functions.games;

import org.jspecify.annotations.Nullable;

/// What a player does in an open round, as it was sent. Which moves there are is each game's matter: it refuses the
/// others, whatever they are.
///
/// @param name such as `reveal` or `cash-out`
/// @param tile that it is about; absent from moves that are about none
public record Move(String name, @Nullable Integer tile) {

    static final String REVEAL = "reveal";
    static final String CASH_OUT = "cash-out";

    /// Looks under a tile.
    public static Move reveal(int tile) {
        return new Move(REVEAL, tile);
    }

    /// Leaves with what was won so far.
    public static Move cashOut() {
        return new Move(CASH_OUT, null);
    }
}
