package dev.rookery.functions.games;

import dev.rookery.eventing.contract.Refusal;
import dev.rookery.functions.games.fair.RoundSeed;
import java.util.List;

/// Mines under some of 25 tiles. The player reveals one tile after the other, and leaves with the winnings before a
/// mine takes them: `reveal` with a tile that is still covered, 0..24, and `cash-out`, once something is revealed.
///
/// After k safe tiles the winnings are `stake * 99 * C(25, k) / (100 * C(25 - mines, k))`, rounded down to whole
/// minor units; C(n, k) is how many ways there are to choose k of n. A mine ends the round and pays nothing. With the
/// last safe tile the round ends by itself, and pays.
///
/// All mines are drawn when the round begins, whatever the player does then: an interrupted round comes back with the
/// same mines.
///
/// @param mines how many, 1..24
public record Mines(int mines) implements Game {

    static final String NAME = "mines";
    static final int TILES = 25;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Acceptance accept(long stake) {
        if (mines < 1 || mines >= TILES) {
            return new Acceptance.Refused(
                    new Refusal("illegal-terms", "mines: " + mines + " (expected: 1.." + (TILES - 1) + ")"));
        }
        return multiplier(TILES - mines).accept(stake);
    }

    /// As many numbers are drawn as there are mines: their tiles.
    @Override
    public Standing play(long stake, List<Move> moves, RoundSeed seed) {
        return switch (accept(stake)) {
            case Acceptance.Refused(var why) -> new Standing.Refused(why);
            case Acceptance.Accepted _ -> replay(stake, moves, seed);
        };
    }

    private Standing replay(long stake, List<Move> moves, RoundSeed seed) {
        var field = Minefield.covered(this, stake, seed.draws().choose(mines, TILES));
        for (var move : moves) {
            var refusal = field.refusal(move);
            if (refusal.isPresent()) {
                return new Standing.Refused(refusal.get());
            }
            field = field.after(move);
        }
        return field.standing();
    }

    /// Of the stake, after so many safe tiles: 99/100 by the probability that so many tiles are all safe.
    Multiplier multiplier(int safe) {
        return Multiplier.of(ways(TILES - mines, safe), ways(TILES, safe));
    }

    /// To choose k of n: `C(n, k)`. At most C(25, 12), which is 5,200,300.
    private static long ways(int n, int k) {
        long ways = 1;
        for (int i = 1; i <= k; i++) {
            ways = ways * (n - k + i) / i;
        }
        return ways;
    }

    /// While the round is open.
    ///
    /// @param revealed the safe tiles, in the order in which they were revealed
    public record Covered(List<Integer> revealed) implements View {

        public Covered {
            revealed = List.copyOf(revealed);
        }
    }

    /// When it is over.
    ///
    /// @param revealed in the order in which they were revealed; the last one is a mine if the round is lost
    /// @param mined    the tiles with mines, the lowest first
    public record Uncovered(List<Integer> revealed, List<Integer> mined) implements View {

        public Uncovered {
            revealed = List.copyOf(revealed);
            mined = List.copyOf(mined);
        }
    }
}
