package dev.rookery.knative.local.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.contract.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplaysTest {

    @Test
    void aReplayIsNamedAfterItsCommandAndCounted() {
        assertThat(Replays.id("c-1", 1)).isEqualTo("c-1.replay-1");
        assertThat(Replays.ids("c-1")).hasSize(9).endsWith("c-1.replay-9");
    }

    @ParameterizedTest
    @ValueSource(ints = {54, 55, 56, 63, 64})
    void aReplayOfALongIdIsAValidIdToo(int length) {
        assertThat(Replays.id("x".repeat(length), 9))
                .matches(Request::isValidId)
                .endsWith(".replay-9");
    }

    @Test
    void longIdsThatBeginAlikeHaveReplaysOfTheirOwn() {
        var start = "x".repeat(63);

        assertThat(Replays.id(start + "a", 1)).isNotEqualTo(Replays.id(start + "b", 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void moreReplaysThanThereMayBeAreRefused(int n) {
        assertThatThrownBy(() -> Replays.id("c-1", n)).hasMessage("replay: " + n + " (expected: 1..9)");
    }
}
