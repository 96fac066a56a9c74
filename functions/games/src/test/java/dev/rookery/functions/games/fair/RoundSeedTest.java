package dev.rookery.functions.games.fair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundSeedTest {

    private static final ServerSeed SERVER = ServerSeed.parse("5e".repeat(32));
    private static final ClientSeed CLIENT = new ClientSeed("lucky");

    @Test
    void aClientSeedIsPrintableAsciiWithoutColon() {
        for (char c = 0; c < 0x200; c++) {
            var value = "seed" + c;
            if (c >= ' ' && c <= '~' && c != ':') {
                assertThat(new ClientSeed(value)).hasToString(value);
            } else {
                assertThatThrownBy(() -> new ClientSeed(value))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(String.format("U+%04X at place 4", (int) c));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65})
    void aClientSeedHasOneTo64Characters(int length) {
        assertThatThrownBy(() -> new ClientSeed("x".repeat(length)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clientSeed: " + length + " characters (expected: 1..64)");
        assertThatCode(() -> new ClientSeed("x".repeat(Math.clamp(length, 1, 64))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 53})
    void aNonceIsWhatEveryClientCanRead(long nonce) {
        assertThatThrownBy(() -> new RoundSeed(SERVER, CLIENT, nonce, "r-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nonce: " + nonce + " (expected: 0..9007199254740991)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "r:1", "r 1", "r-1\n", "é"})
    void aRoundsIdHasNoCharacterThatPartsAMessage(String round) {
        assertThatThrownBy(() -> new RoundSeed(SERVER, CLIENT, 0, round))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("round: \"" + round + "\" (expected: 1 to 64 characters of A-Z a-z 0-9 . _ -)");
    }

    @Test
    void ofARoundsIdThatIsTooLongNotAllIsShown() {
        assertThatThrownBy(() -> new RoundSeed(SERVER, CLIENT, 0, "x".repeat(5_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasSizeLessThan(200);
    }

    @ParameterizedTest
    @CsvSource({"lucky, 1, r-11", "lucky, 11, r-1", "lucky, 2, r-1", "luckY, 1, r-1", "lucky1, 1, r-1"})
    void everyPartOfARoundChangesItsDraws(String client, long nonce, String round) {
        var draws = new RoundSeed(SERVER, CLIENT, 1, "r-1").draws();
        var others = new RoundSeed(SERVER, new ClientSeed(client), nonce, round).draws();

        assertThat(draws.choose(20, 1_000_000)).doesNotContainSequence(others.choose(20, 1_000_000));
    }
}
