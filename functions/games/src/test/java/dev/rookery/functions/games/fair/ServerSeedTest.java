package dev.rookery.functions.games.fair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class ServerSeedTest {

    private static final String HEX = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    @Test
    void whatIsWrittenIsReadAgain() {
        var seed = ServerSeed.fresh(new SecureRandom());

        assertThat(ServerSeed.parse(seed.hex())).isEqualTo(seed).hasSameHashCodeAs(seed);
    }

    @Test
    void aSeedCommitsToItsSha256() {
        assertThat(ServerSeed.parse(HEX).commitment())
                .isEqualTo("630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd");
    }

    @Test
    void aSeedIsNotPrinted() {
        var seed = ServerSeed.parse(HEX);
        var round = new RoundSeed(seed, new ClientSeed("lucky"), 7, "r-1");

        assertThat(seed + " " + round).contains(seed.commitment()).doesNotContain(HEX.substring(0, 8));
    }

    @Test
    void aSeedOfAnotherLengthIsRefusedAndNotShown() {
        assertThatThrownBy(() -> ServerSeed.parse(HEX.substring(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("serverSeed: 63 characters (expected: 64 hex digits, lower case)");
    }

    @Test
    void aSeedInCapitalsIsRefusedAndNotShown() {
        assertThatThrownBy(() -> ServerSeed.parse(HEX.replace('a', 'A')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("serverSeed: no hex digit at place 21 of 0..63 (expected: 64 hex digits, lower case)");
    }
}
