package dev.rookery.functions.games;

import static dev.rookery.functions.games.Rounds.assertRefused;
import static dev.rookery.functions.games.Rounds.mined;
import static dev.rookery.functions.games.Rounds.reveal;
import static dev.rookery.functions.games.Rounds.round;
import static dev.rookery.functions.games.Rounds.safe;
import static dev.rookery.functions.games.Rounds.then;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.functions.games.fair.RoundSeed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MinesTest {

    private static final Mines THREE = new Mines(3);
    private static final RoundSeed ROUND = round(1);
    private static final List<Integer> SAFE = safe(THREE, ROUND);
    private static final List<Integer> MINED = mined(THREE, ROUND);

    @Test
    void aRoundBeginsWithNothingRevealedAndNothingWon() {
        assertThat(play(List.of())).isEqualTo(new Standing.Open(100, 0, new Mines.Covered(List.of())));
    }

    /// 100 * 99/100 * 25/22, * 24/21, * 23/20 and so on, rounded down each time from the exact fraction.
    @ParameterizedTest
    @CsvSource({"1, 112", "2, 128", "3, 147", "10, 500", "21, 56925"})
    void everySafeTileRaisesTheWinnings(int tiles, long winnings) {
        var revealed = SAFE.subList(0, tiles);

        assertThat(play(reveal(revealed))).isEqualTo(new Standing.Open(100, winnings, new Mines.Covered(revealed)));
    }

    @Test
    void aMineTakesThemAndShowsTheOthers() {
        var revealed = List.of(SAFE.get(0), SAFE.get(1), MINED.get(1));

        assertThat(play(reveal(revealed))).isEqualTo(new Standing.Over(0, new Mines.Uncovered(revealed, MINED)));
    }

    @Test
    void whoCashesOutIsPaidWhatWasWonAndSeesTheMines() {
        var revealed = List.of(SAFE.get(2), SAFE.get(0));

        assertThat(play(then(reveal(revealed), Move.cashOut())))
                .isEqualTo(new Standing.Over(128, new Mines.Uncovered(revealed, MINED)));
    }

    @Test
    void theLastSafeTileEndsTheRoundAndPays() {
        assertThat(play(reveal(SAFE))).isEqualTo(new Standing.Over(227_700, new Mines.Uncovered(SAFE, MINED)));
    }

    @Test
    void whoHasRevealedNothingCannotCashOut() {
        assertRefused(play(List.of(Move.cashOut())), "illegal-move", "move: cash-out (expected: reveal first)");
    }

    @Test
    void aTileIsRevealedOnce() {
        int tile = SAFE.getFirst();

        assertRefused(
                play(reveal(List.of(tile, tile))),
                "illegal-move",
                "tile: " + tile + " (expected: 0..24 but not [" + tile + "])");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 25, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aTileBesideTheFieldIsRefused(int tile) {
        assertRefused(play(reveal(List.of(tile))), "illegal-move", "tile: " + tile + " (expected: 0..24)");
    }

    @Test
    void whoRevealsNamesATile() {
        assertRefused(play(List.of(new Move("reveal", null))), "illegal-move", "tile: null (expected: 0..24)");
    }

    @Test
    void whoCashesOutNamesNone() {
        assertRefused(
                play(then(reveal(SAFE.subList(0, 1)), new Move("cash-out", 3))),
                "illegal-move",
                "tile: 3 (expected: none to cash-out)");
    }

    @Test
    void anotherMoveIsRefused() {
        assertRefused(play(List.of(new Move("jump", 3))), "illegal-move", "move: jump (expected: reveal or cash-out)");
    }

    @Test
    void nothingCanBeDoneInARoundThatIsOver() {
        var lost = reveal(MINED.subList(0, 1));
        var left = then(reveal(SAFE.subList(0, 1)), Move.cashOut());

        assertRefused(play(then(lost, Move.cashOut())), "round-over", "move: cash-out (expected: none any more)");
        assertRefused(
                play(then(left, Move.reveal(SAFE.get(1)))), "round-over", "move: reveal (expected: none any more)");
        assertRefused(
                play(then(reveal(SAFE), Move.reveal(MINED.get(0)))),
                "round-over",
                "move: reveal (expected: none any more)");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 25, -1, Integer.MIN_VALUE})
    void aFieldHasAMineAndASafeTile(int mines) {
        assertRefused(
                new Mines(mines).play(100, List.of(), ROUND),
                "illegal-terms",
                "mines: " + mines + " (expected: 1..24)");
    }

    @Test
    void nothingIsNoStake() {
        assertRefused(THREE.play(0, List.of(), ROUND), "illegal-stake", "stake: 0 (expected: at least 1)");
    }

    @Test
    void aRoundWhoseLastTileCouldPayTooMuchIsRefused() {
        var twelve = new Mines(12);

        assertThat(twelve.accept(1_749_549_269L)).isEqualTo(new Acceptance.Accepted(9_007_199_252_944_893L));
        assertRefused(
                twelve.play(1_749_549_270L, List.of(), ROUND),
                "payout-limit",
                "stake: 1749549270 (expected: at most 1749549269, so that no payout is over 9007199254740991)");
    }

    @Test
    void pastTheDeadlineTheBetterOfStakeAndWinningsIsPaid() {
        assertThat(play(List.of()))
                .isInstanceOfSatisfying(
                        Standing.Open.class,
                        open -> assertThat(open.onDeadline()).isEqualTo(100));
        assertThat(play(reveal(SAFE.subList(0, 3))))
                .isInstanceOfSatisfying(
                        Standing.Open.class,
                        open -> assertThat(open.onDeadline()).isEqualTo(147));
    }

    /// With the same moves made, rounds that differ in their mines look the same until they are over.
    @Test
    void anOpenRoundTellsNothingAboutItsMines() {
        var revealed = List.of(12, 3);
        var looks = IntStream.range(0, 1_000)
                .mapToObj(Rounds::round)
                .filter(seed -> safe(THREE, seed).containsAll(revealed))
                .toList();

        assertThat(looks.stream().map(seed -> mined(THREE, seed)).distinct()).hasSizeGreaterThan(500);
        assertThat(looks.stream()
                        .map(seed -> THREE.play(100, reveal(revealed), seed))
                        .distinct())
                .containsExactly(new Standing.Open(100, 128, new Mines.Covered(revealed)));
    }

    /// Any moves at any terms: each prefix played on its own stands where the whole came by, winnings only rise, the
    /// reserve suffices, the deadline takes nothing away, and nothing throws.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void aRoundThatIsInterruptedAtAnyMoveGoesOnAsItWas(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            var game = new Mines(random.nextInt(1, 25));
            long stake = random.nextLong(1, 1_000_000_000);
            long reserved = ((Acceptance.Accepted) game.accept(stake)).maxPayout();
            var tiles = new ArrayList<>(IntStream.range(0, 25).boxed().toList());
            Collections.shuffle(tiles, random);
            var moves = new ArrayList<Move>();
            long won = 0;
            while (game.play(stake, moves, round(i)) instanceof Standing.Open open) {
                var what = String.format("seed %d, round %d, move %d", seed, i, moves.size());
                assertThat(open).as(what).isEqualTo(game.play(stake, List.copyOf(moves), round(i)));
                assertThat(open.cashOut()).as(what).isBetween(won, reserved);
                assertThat(open.onDeadline()).as(what).isBetween(Math.max(stake, won), reserved);
                won = open.cashOut();
                boolean leaves = won > 0 && random.nextInt(10) == 0;
                moves.add(leaves ? Move.cashOut() : Move.reveal(tiles.removeLast()));
            }
            var over = (Standing.Over) game.play(stake, moves, round(i));
            var mined = mined(game, round(i));
            boolean hit = mined.contains(moves.getLast().tile());
            assertThat(over.payout() == 0).as("seed %d, round %d", seed, i).isEqualTo(hit);
            assertThat(over.payout()).as("seed %d, round %d", seed, i).isBetween(hit ? 0 : won, reserved);
        }
    }

    private static Standing play(List<Move> moves) {
        return THREE.play(100, moves, ROUND);
    }
}
