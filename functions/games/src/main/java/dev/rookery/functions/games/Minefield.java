package dev.rookery.functions.games;

import dev.rookery.eventing.contract.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The field of one round of [Mines], as it lies between two moves.
///
/// @param stake    in minor units, one that was accepted
/// @param mined    the tiles with mines
/// @param revealed in the order of the moves
/// @param left     whether the player has cashed out
record Minefield(Mines game, long stake, List<Integer> mined, List<Integer> revealed, boolean left) {

    static Minefield covered(Mines game, long stake, List<Integer> mined) {
        return new Minefield(game, stake, mined, List.of(), false);
    }

    /// Why the move cannot be made, if it cannot.
    Optional<Refusal> refusal(Move move) {
        if (isOver()) {
            return Optional.of(new Refusal("round-over", "move: " + move.name() + " (expected: none any more)"));
        }
        return switch (move.name()) {
            case Move.REVEAL ->
                isCovered(move.tile()) ? Optional.empty() : illegal("tile: " + move.tile(), coveredTiles());
            case Move.CASH_OUT -> refusalToLeave(move.tile());
            default -> illegal("move: " + move.name(), Move.REVEAL + " or " + Move.CASH_OUT);
        };
    }

    private boolean isCovered(@Nullable Integer tile) {
        return tile != null && tile >= 0 && tile < Mines.TILES && !revealed.contains(tile);
    }

    private String coveredTiles() {
        return "0.." + (Mines.TILES - 1) + (revealed.isEmpty() ? "" : " but not " + revealed);
    }

    private Optional<Refusal> refusalToLeave(@Nullable Integer tile) {
        if (tile != null) {
            return illegal("tile: " + tile, "none to " + Move.CASH_OUT);
        }
        return revealed.isEmpty() ? illegal("move: " + Move.CASH_OUT, Move.REVEAL + " first") : Optional.empty();
    }

    private static Optional<Refusal> illegal(String what, String expected) {
        return Optional.of(new Refusal("illegal-move", what + " (expected: " + expected + ")"));
    }

    /// @param move one that is not refused
    Minefield after(Move move) {
        var tile = move.tile();
        if (tile == null) {
            return new Minefield(game, stake, mined, revealed, true);
        }
        var more = Stream.concat(revealed.stream(), Stream.of(tile)).toList();
        return new Minefield(game, stake, mined, more, false);
    }

    Standing standing() {
        if (!isOver()) {
            return new Standing.Open(stake, winnings(), new Mines.Covered(revealed));
        }
        var all = new Mines.Uncovered(revealed, mined.stream().sorted().toList());
        return new Standing.Over(winnings(), all);
    }

    private boolean isOver() {
        return left || hit() || revealed.size() == Mines.TILES - mined.size();
    }

    private long winnings() {
        return hit() || revealed.isEmpty()
                ? 0
                : game.multiplier(revealed.size()).payout(stake);
    }

    private boolean hit() {
        return !revealed.isEmpty() && mined.contains(revealed.getLast());
    }
}
