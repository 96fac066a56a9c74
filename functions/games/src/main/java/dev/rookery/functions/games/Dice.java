package dev.rookery.functions.games;

import dev.rookery.eventing.contract.Refusal;
import dev.rookery.functions.games.fair.RoundSeed;
import java.util.List;

/// One roll of 0 to 9,999, and a bet on which side of a target it falls. Over at once, without moves.
///
/// A win pays `stake * 9900 / winning rolls`, rounded down to whole minor units.
///
/// @param direction `under` or `over`: the roll wins when it is less, or more, than the target
/// @param target    such that 1 to 9,800 rolls win: under 1..9800, over 199..9998
public record Dice(String direction, int target) implements Game {

    static final String NAME = "dice";

    private static final String UNDER = "under";
    private static final String OVER = "over";
    private static final int ROLLS = 10_000;
    /// More would pay less than was staked: 99 % of the stake's worth is returned.
    private static final int MAX_WINNING = 9_800;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Acceptance accept(long stake) {
        return switch (direction) {
            case UNDER -> accept(stake, 1, MAX_WINNING);
            case OVER -> accept(stake, ROLLS - 1 - MAX_WINNING, ROLLS - 2);
            default ->
                new Acceptance.Refused(new Refusal(
                        "illegal-terms", "direction: " + direction + " (expected: " + UNDER + " or " + OVER + ")"));
        };
    }

    private Acceptance accept(long stake, int least, int most) {
        if (target < least || target > most) {
            return new Acceptance.Refused(new Refusal(
                    "illegal-terms",
                    "target: " + direction + " " + target + " (expected: " + least + ".." + most + ")"));
        }
        return multiplier().accept(stake);
    }

    /// One number is drawn: below 10,000.
    @Override
    public Standing play(long stake, List<Move> moves, RoundSeed seed) {
        return switch (accept(stake)) {
            case Acceptance.Refused(var why) -> new Standing.Refused(why);
            case Acceptance.Accepted(long win) -> moves.isEmpty() ? roll(win, seed) : noMoves(moves.getFirst());
        };
    }

    private Standing roll(long win, RoundSeed seed) {
        int roll = seed.draws().below(ROLLS);
        boolean won = direction.equals(UNDER) ? roll < target : roll > target;
        return new Standing.Over(won ? win : 0, new Rolled(roll, won));
    }

    private static Standing noMoves(Move move) {
        return new Standing.Refused(
                new Refusal("round-over", "move: " + move.name() + " (expected: none, dice are over at once)"));
    }

    private Multiplier multiplier() {
        return Multiplier.of(direction.equals(UNDER) ? target : ROLLS - 1 - target, ROLLS);
    }

    /// @param roll 0..9999
    public record Rolled(int roll, boolean won) implements View {}
}
