package dev.rookery.functions.games.fair;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every outcome of every game's scale comes as often as any other, in ten million draws of each. Beside that stand
/// two ways to draw that are wrong and look right: they have to be found.
///
/// Each on its own, so on as many processors as there are.
@Execution(ExecutionMode.CONCURRENT)
class EvenDrawsTest {

    private static final int DRAWS = 10_000_000;
    private static final int TILES = 25;
    private static final int ROLLS = 10_000;

    /// 2^32 is two and a half times as much.
    private static final int UNEVEN_BOUND = 1_717_986_918;

    private static final ServerSeed SERVER = ServerSeed.parse("c0ffee00".repeat(8));
    private static final ClientSeed CLIENT = new ClientSeed("even");

    /// As dice are played: one roll a round, and the next round has the next nonce.
    @Test
    void rollsOfTenMillionRounds() {
        var rolls = new Histogram(ROLLS);
        var steps = new Histogram(ROLLS);
        int last = 0;
        for (int nonce = 0; nonce < DRAWS; nonce++) {
            int roll = round(nonce).draws().below(ROLLS);
            rolls.count(roll);
            steps.count(Math.floorMod(roll - last, ROLLS));
            last = roll;
        }

        rolls.assertIsEven("rolls");
        steps.assertIsEven("from one roll to the next");
    }

    static List<Integer> boundsOfMines() {
        return IntStream.rangeClosed(2, TILES).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("boundsOfMines")
    void numbersOfOneRound(int bound) {
        var numbers = new Histogram(bound);
        var draws = round(bound).draws();
        for (int i = 0; i < DRAWS; i++) {
            numbers.count(draws.below(bound));
        }

        numbers.assertIsEven("below " + bound);
    }

    @Test
    void everyTileIsChosenAsOftenAtEveryPlaceOfTheOrder() {
        var places = histograms();
        var pairs = new Histogram(TILES * (TILES - 1));
        for (int nonce = 0; nonce < DRAWS / (TILES - 1); nonce++) {
            var chosen = round(nonce).draws().choose(TILES - 1, TILES);
            for (int i = 0; i < chosen.size(); i++) {
                places.get(i).count(chosen.get(i));
            }
            pairs.count(pair(chosen.getFirst(), chosen.getLast()));
        }

        for (int i = 0; i < places.size(); i++) {
            places.get(i).assertIsEven("tiles chosen at place " + i);
        }
        pairs.assertIsEven("first and last tile");
    }

    /// What is left of a division by the bound, of every word: the lower half comes three times to the upper's two.
    @Test
    void aDivisionWithoutSkippingIsFound() {
        var divided = new Histogram(10);
        var drawn = new Histogram(10);
        var words = round(0).draws();
        var draws = round(0).draws();
        for (int i = 0; i < 100_000; i++) {
            long word = ((long) words.below(1 << 16) << 16) | words.below(1 << 16);
            divided.count(tenth((int) (word % UNEVEN_BOUND)));
            drawn.count(tenth(draws.below(UNEVEN_BOUND)));
        }

        divided.assertIsUneven("divided");
        drawn.assertIsEven("drawn");
    }

    /// Each place is swapped with any other, not only with those that come after it.
    @Test
    void aShuffleThatSwapsWithAnyPlaceIsFound() {
        var lasts = new Histogram(TILES);
        var draws = round(0).draws();
        for (int i = 0; i < 100_000; i++) {
            var tiles = new ArrayList<>(IntStream.range(0, TILES).boxed().toList());
            IntConsumer swap = place -> tiles.set(place, tiles.set(draws.below(TILES), tiles.get(place)));
            IntStream.range(0, TILES).forEach(swap);
            lasts.count(tiles.getFirst());
        }

        lasts.assertIsUneven("first tile of a wrong shuffle");
    }

    private static RoundSeed round(int nonce) {
        return new RoundSeed(SERVER, CLIENT, nonce, "r-" + nonce);
    }

    private static List<Histogram> histograms() {
        return IntStream.range(0, TILES - 1).mapToObj(_ -> new Histogram(TILES)).toList();
    }

    private static int pair(int first, int last) {
        return first * (TILES - 1) + (last < first ? last : last - 1);
    }

    private static int tenth(int number) {
        return (int) (10L * number / UNEVEN_BOUND);
    }
}
