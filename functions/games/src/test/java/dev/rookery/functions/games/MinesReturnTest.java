package dev.rookery.functions.games;

import static dev.rookery.functions.games.Rounds.reveal;
import static dev.rookery.functions.games.Rounds.round;
import static dev.rookery.functions.games.Rounds.safe;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What mines return to a player who means to stop after k safe tiles, exactly. The probability is taken the other way
/// round than in the game: tile by tile, (25 - mines) / 25 * (24 - mines) / 24 and so on.
class MinesReturnTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 100, 1_000_003, 1_700_000_000})
    void whatIsReturnedIs99PercentAndOnlyRoundingIsLost(long stake) {
        for (int mines = 1; mines <= 24; mines++) {
            var chance = BigInteger.ONE;
            var of = BigInteger.ONE;
            for (int k = 1; k <= 25 - mines; k++) {
                chance = chance.multiply(BigInteger.valueOf(26L - mines - k));
                of = of.multiply(BigInteger.valueOf(26L - k));

                // Returned: payout * chance / of. Due: stake * 99 / 100. Both times 100 * of.
                long payout = payout(new Mines(mines), k, stake);
                var returned = BigInteger.valueOf(payout).multiply(chance).multiply(BigInteger.valueOf(100));
                var due = BigInteger.valueOf(stake)
                        .multiply(BigInteger.valueOf(99))
                        .multiply(of);
                var oneUnitLess = chance.multiply(BigInteger.valueOf(100)).subtract(BigInteger.ONE);
                assertThat(payout).as("%d mines, %d tiles", mines, k).isGreaterThanOrEqualTo(stake);
                assertThat(due.subtract(returned))
                        .as("%d mines, %d tiles", mines, k)
                        .isBetween(BigInteger.ZERO, oneUnitLess);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 100, 1_000_003, 1_700_000_000})
    void whatIsReservedIsWhatTheLastTilePays(long stake) {
        for (int mines = 1; mines <= 24; mines++) {
            var game = new Mines(mines);
            assertThat(game.accept(stake))
                    .as("%d mines", mines)
                    .isEqualTo(new Acceptance.Accepted(payout(game, 25 - mines, stake)));
        }
    }

    private static long payout(Mines game, int tiles, long stake) {
        var safe = safe(game, round(game.mines()));
        return switch (game.play(stake, reveal(safe.subList(0, tiles)), round(game.mines()))) {
            case Standing.Open open -> open.cashOut();
            case Standing.Over over -> over.payout();
            case Standing.Refused(var why) -> throw new AssertionError(why.message());
        };
    }
}
