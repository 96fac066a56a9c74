package dev.rookery.functions.games;

import static dev.rookery.functions.games.Rounds.assertRefused;
import static dev.rookery.functions.games.Rounds.round;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.functions.games.fair.ClientSeed;
import dev.rookery.functions.games.fair.RoundSeed;
import dev.rookery.functions.games.fair.ServerSeed;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiceTest {

    /// The example of the package `fair`: it rolls 7400.
    private static final RoundSeed ROLLS_7400 = new RoundSeed(
            ServerSeed.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
            new ClientSeed("lucky"),
            7,
            "r-1");

    @ParameterizedTest
    @CsvSource({"under, 7401, 133", "under, 7400, 0", "over, 7399, 380", "over, 7400, 0", "over, 199, 101"})
    void aRollWinsOnTheSideOfTheTargetThatWasBetOn(String direction, int target, long payout) {
        assertThat(play(new Dice(direction, target), 100))
                .isEqualTo(new Standing.Over(payout, new Dice.Rolled(7400, payout > 0)));
    }

    @Test
    void anotherDirectionIsRefused() {
        assertRefused(
                play(new Dice("sideways", 5_000), 100),
                "illegal-terms",
                "direction: sideways (expected: under or over)");
    }

    @ParameterizedTest
    @CsvSource({
        "under, 0, 1..9800",
        "under, 9801, 1..9800",
        "under, -2147483648, 1..9800",
        "over, 198, 199..9998",
        "over, 9999, 199..9998",
        "over, -2147483648, 199..9998"
    })
    void aTargetThatWinsNeverOrTooOftenIsRefused(String direction, int target, String expected) {
        assertRefused(
                play(new Dice(direction, target), 100),
                "illegal-terms",
                "target: " + direction + " " + target + " (expected: " + expected + ")");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void nothingIsNoStake(long stake) {
        assertRefused(
                play(new Dice("under", 5_000), stake), "illegal-stake", "stake: " + stake + " (expected: at least 1)");
    }

    @Test
    void aPayoutThatNotEveryClientCouldReadIsRefused() {
        var dice = new Dice("under", 9_900 / 2);

        assertThat(dice.accept(4_503_599_627_370_495L)).isEqualTo(new Acceptance.Accepted((1L << 53) - 2));
        assertRefused(
                play(dice, 4_503_599_627_370_496L),
                "payout-limit",
                "stake: 4503599627370496 (expected: at most 4503599627370495, so that no payout is over "
                        + "9007199254740991)");
        assertThat(play(dice, Long.MAX_VALUE)).isInstanceOf(Standing.Refused.class);
    }

    @Test
    void diceKnowNoMoves() {
        assertRefused(
                new Dice("under", 5_000).play(100, List.of(Move.reveal(1)), ROLLS_7400),
                "round-over",
                "move: reveal (expected: none, dice are over at once)");
    }

    @Test
    void aRoundPlayedAgainRollsTheSame() {
        for (int nonce = 0; nonce < 1_000; nonce++) {
            var dice = new Dice("over", 5_000);
            assertThat(dice.play(100, List.of(), round(nonce)))
                    .as("nonce %d", nonce)
                    .isEqualTo(dice.play(100, List.of(), round(nonce)));
        }
    }

    /// Whatever was bet: a roll pays what the house reserved, or nothing.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void aWinPaysWhatWasReserved(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            boolean under = random.nextBoolean();
            var dice =
                    under ? new Dice("under", random.nextInt(1, 9_801)) : new Dice("over", random.nextInt(199, 9_999));
            long stake = random.nextLong(1, 900_000_000_000L);
            var reserved = (Acceptance.Accepted) dice.accept(stake);
            var over = (Standing.Over) dice.play(stake, List.of(), round(i));
            var rolled = (Dice.Rolled) over.view();
            boolean won = under ? rolled.roll() < dice.target() : rolled.roll() > dice.target();
            assertThat(over)
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(new Standing.Over(won ? reserved.maxPayout() : 0, new Dice.Rolled(rolled.roll(), won)));
        }
    }

    /// In minor units of all 10,000 rolls together: 99 % of the stakes, less than one unit a win taken off, and a
    /// win is never less than its stake.
    @ParameterizedTest
    @ValueSource(longs = {1, 3, 100, 12_345, 900_000_000_000L})
    void whatIsReturnedIs99PercentAndOnlyRoundingIsLost(long stake) {
        for (int winning = 1; winning <= 9_800; winning++) {
            long win = ((Acceptance.Accepted) new Dice("under", winning).accept(stake)).maxPayout();
            assertThat(new Dice("over", 9_999 - winning).accept(stake)).isEqualTo(new Acceptance.Accepted(win));

            var returned = BigInteger.valueOf(win).multiply(BigInteger.valueOf(winning));
            var due = BigInteger.valueOf(stake).multiply(BigInteger.valueOf(9_900));
            var lost = due.subtract(returned);
            assertThat(win).as("%d rolls win", winning).isGreaterThanOrEqualTo(stake);
            assertThat(lost).as("%d rolls win", winning).isBetween(BigInteger.ZERO, BigInteger.valueOf(winning - 1L));
        }
    }

    private static Standing play(Dice dice, long stake) {
        return dice.play(stake, List.of(), ROLLS_7400);
    }
}
