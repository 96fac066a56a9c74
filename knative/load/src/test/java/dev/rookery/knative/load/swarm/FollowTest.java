package dev.rookery.knative.load.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.load.protocol.Position;
import dev.rookery.knative.load.swarm.Breach.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FollowTest {

    private final Follow follow = new Follow();

    @Test
    void aStreamWithoutGapOrRepeatBreaksNothing() {
        begin("e1", 41);

        assertThat(follow.event(42)).isNull();
        assertThat(follow.event(43)).isNull();
        assertThat(follow.ask()).isEqualTo(new Position("e1", 43));
    }

    @Test
    void whatIsLeftOutIsAGapAndLateWhenItComes() {
        begin("e1", 0);

        assertThat(kind(follow.event(3))).isEqualTo(Kind.GAP);
        assertThat(kind(follow.event(2))).isEqualTo(Kind.REORDERED);
        assertThat(follow.event(4)).isNull();
    }

    @Test
    void whatWasGivenAlreadyIsADuplicate() {
        begin("e1", 5);

        assertThat(kind(follow.event(5))).isEqualTo(Kind.DUPLICATE);
        assertThat(follow.event(6)).isNull();
    }

    @Test
    void anEventBeforeAWelcomeMayNotCome() {
        assertThat(kind(follow.event(1))).isEqualTo(Kind.BAD_FRAME);
    }

    @Test
    void resumedItGoesOnFromWhatWasAskedWhateverTheWelcomeTellsOfTheEnd() {
        begin("e1", 41);
        follow.ask();

        assertThat(follow.begun("e1", 50, true)).isNull();
        assertThat(follow.event(42)).isNull();
    }

    @Test
    void notResumedItGoesOnFromTheGivenPosition() {
        begin("e1", 41);
        follow.ask();

        assertThat(follow.begun("e2", 7, false)).isNull();
        assertThat(follow.event(8)).isNull();
    }

    @Test
    void aResumeThatDoesNotFitIsABreach() {
        assertThat(follow.ask()).isNull();
        assertThat(kind(follow.begun("e1", 1, true))).isEqualTo(Kind.BAD_POSITION);
        begin("e1", 41);
        follow.ask();
        assertThat(kind(follow.begun("e2", 50, true))).isEqualTo(Kind.BAD_POSITION);
        assertThat(kind(follow.begun("e1", 40, false))).isEqualTo(Kind.BAD_POSITION);
        assertThat(kind(follow.begun("", 40, false))).isEqualTo(Kind.BAD_POSITION);
    }

    private void begin(String epoch, long seq) {
        follow.ask();
        assertThat(follow.begun(epoch, seq, false)).isNull();
    }

    private static @Nullable Kind kind(@Nullable Breach breach) {
        return breach == null ? null : breach.kind();
    }
}
