package dev.rookery.knative.local.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.local.letters.Outcomes.Recorded;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StateTest {

    @Test
    void withoutAnOutcomeItIsUndecided() {
        assertThat(state("-")).isEqualTo(new State.Undecided());
    }

    @Test
    void itFailedUntilAReplayHasEndedOtherwise() {
        assertThat(state("failed", "-", "-")).isEqualTo(new State.Failed(0));
        assertThat(state("failed", "failed", "-")).isEqualTo(new State.Failed(1));
        assertThat(state("failed", "failed", "failed")).isEqualTo(new State.Failed(2));
    }

    @Test
    void theFirstReplayThatEndedOtherwiseCounts() {
        assertThat(state("failed", "failed", "done", "-")).isEqualTo(new State.Ended("done", 2));
        assertThat(state("failed", "refused", "-")).isEqualTo(new State.Ended("refused", 1));
    }

    @Test
    void whatHasAnOutcomeOfItsOwnNeedsNoReplay() {
        assertThat(state("done", "-")).isEqualTo(new State.Ended("done", 0));
    }

    private static State state(String command, String... replays) {
        return State.of(
                recorded(command),
                Arrays.stream(replays).map(StateTest::recorded).toList());
    }

    private static Recorded recorded(String ending) {
        return ending.equals("-") ? Recorded.NOTHING : new Recorded(ending, 5, "threw");
    }
}
