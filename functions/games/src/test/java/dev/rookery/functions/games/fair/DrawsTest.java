package dev.rookery.functions.games.fair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The numbers expected here were computed by another program, in another language, from the text of the package's
/// sign: whoever changes them changes what was promised to players.
class DrawsTest {

    private static final RoundSeed EXAMPLE = new RoundSeed(
            ServerSeed.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
            new ClientSeed("lucky"),
            7,
            "r-1");

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java/dev/rookery/functions/games/fair/package-info.java", "README.md"})
    void theExampleIsWrittenDownAsItIsDrawn(String file) throws IOException {
        var hmac = EXAMPLE.server().hmac();
        var first = hmac.doFinal("lucky:7:r-1".getBytes(StandardCharsets.US_ASCII));
        var second = hmac.doFinal("lucky:7:r-1:1".getBytes(StandardCharsets.US_ASCII));

        assertThat(Path.of(file))
                .content()
                .contains(EXAMPLE.server().commitment())
                .contains(HexFormat.of().formatHex(first))
                .contains(HexFormat.of().formatHex(second));
    }

    @Test
    void theExampleDrawsNumbersOverTwoBlocks() {
        assertThat(numbers(EXAMPLE.draws(), 10_000, 10))
                .containsExactly(7400, 9818, 3551, 4022, 9055, 4550, 2830, 7421, 198, 1226);
    }

    @Test
    void theExampleChoosesTilesOverThreeBlocks() {
        assertThat(EXAMPLE.draws().choose(3, 25)).containsExactly(0, 19, 23);
        assertThat(EXAMPLE.draws().choose(24, 25))
                .containsExactly(0, 19, 23, 13, 16, 15, 3, 24, 2, 1, 14, 5, 17, 22, 18, 21, 8, 20, 11, 9, 6, 12, 4, 10);
    }

    /// A fifth of all words are above the largest multiple of this bound; two of the first twelve are.
    @Test
    void aWordOfAPartialRowIsSkipped() {
        assertThat(numbers(EXAMPLE.draws(), 1_717_986_918, 10))
                .containsExactly(
                        1706667400,
                        606552900,
                        300656633,
                        1243034022,
                        1151902137,
                        652584550,
                        243525912,
                        173613280,
                        126341226,
                        1602162076);
    }

    @Test
    void aBoundOfOneTakesAWordToo() {
        var draws = EXAMPLE.draws();

        assertThat(draws.below(1)).isZero();
        assertThat(draws.below(10_000)).isEqualTo(9818);
    }

    @Test
    void aRoundThatWasInterruptedGoesOnWithTheSameDraws() {
        var before = numbers(EXAMPLE.draws(), 25, 100);
        var after = numbers(EXAMPLE.draws(), 25, 100);

        assertThat(after).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void everyNumberIsBelowItsBound(long seed) {
        var random = new Random(seed);
        var draws = EXAMPLE.draws();
        for (int i = 0; i < 10_000; i++) {
            int bound = 1 + (random.nextInt(Integer.MAX_VALUE) >>> random.nextInt(31));
            assertThat(draws.below(bound)).as("seed %d, draw %d", seed, i).isBetween(0, bound - 1);
        }
        assertThat(draws.below(Integer.MAX_VALUE)).isNotNegative();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void whatIsChosenIsDifferentAndThere(long seed) {
        var random = new Random(seed);
        var draws = EXAMPLE.draws();
        for (int i = 0; i < 1_000; i++) {
            int places = random.nextInt(60);
            int count = random.nextInt(places + 1);
            assertThat(draws.choose(count, places))
                    .as("seed %d, choice %d", seed, i)
                    .hasSize(count)
                    .doesNotHaveDuplicates()
                    .allMatch(place -> place >= 0 && place < places);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void thereIsNothingBelowOne(int bound) {
        assertThatThrownBy(() -> EXAMPLE.draws().below(bound))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bound: " + bound + " (expected: 1..2147483647)");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 26})
    void noMoreAreChosenThanThereAre(int count) {
        assertThatThrownBy(() -> EXAMPLE.draws().choose(count, 25))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count: " + count + " (expected: 0..25)");
    }

    private static List<Integer> numbers(Draws draws, int bound, int count) {
        return IntStream.range(0, count).mapToObj(i -> draws.below(bound)).toList();
    }
}
