package dev.rookery.knative.load.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.load.protocol.Position;
import dev.rookery.knative.load.protocol.Welcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.NullNode;

class FollowerTest {

    private final Follower follower = new Follower();

    @Test
    void eventsInOrderAreNewAndRight() {
        follower.welcomed(null, welcome("e1", 41, false));

        assertThat(follower.follow(event(42))).isEqualTo(new Follower.Step(true, null));
        assertThat(follower.follow(event(43))).isEqualTo(new Follower.Step(true, null));
        assertThat(follower.position()).isEqualTo(new Position("e1", 43));
    }

    @Test
    void aGapIsToldOnceAndTheStreamGoesOnBehindIt() {
        follower.welcomed(null, welcome("e1", 41, false));

        assertThat(follower.follow(event(44)))
                .isEqualTo(new Follower.Step(
                        true, new Violation(Violation.Kind.GAP, "seq: 44 (expected: 42 in epoch e1)")));
        assertThat(follower.follow(event(45))).isEqualTo(new Follower.Step(true, null));
    }

    @Test
    void anEventThatWasLeftOutIsLateAndOneThatWasGivenIsADuplicate() {
        follower.welcomed(null, welcome("e1", 41, false));
        follower.follow(event(44));

        assertThat(follower.follow(event(43)))
                .isEqualTo(new Follower.Step(
                        true, new Violation(Violation.Kind.REORDERED, "seq: 43 (expected: 45 in epoch e1)")));
        assertThat(follower.follow(event(43)))
                .isEqualTo(new Follower.Step(
                        false, new Violation(Violation.Kind.DUPLICATE, "seq: 43 (expected: 45 in epoch e1)")));
        assertThat(follower.follow(event(44)))
                .isEqualTo(new Follower.Step(
                        false, new Violation(Violation.Kind.DUPLICATE, "seq: 44 (expected: 45 in epoch e1)")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverTheOrderEachEventIsNewOnceAndOnlyTheRightOrderIsRight(long seed) {
        var random = new Random(seed);
        var seqs = new ArrayList<>(LongStream.rangeClosed(1, 30).boxed().toList());
        Collections.shuffle(seqs, random);
        seqs.addAll(seqs.subList(0, 10));
        follower.welcomed(null, welcome("e1", 0, false));

        var news = new ArrayList<Long>();
        long violations = 0;
        for (long seq : seqs) {
            var step = follower.follow(event(seq));
            if (step.isNew()) {
                news.add(seq);
            }
            if (step.violation() != null) {
                violations++;
            }
        }

        assertThat(news)
                .as("seed %d", seed)
                .containsExactlyElementsOf(List.copyOf(seqs).subList(0, 30));
        assertThat(violations).as("seed %d", seed).isEqualTo(wrong(seqs));
    }

    @Test
    void aResumeKeepsTheNumberingGoing() {
        follower.welcomed(null, welcome("e1", 41, false));
        follower.follow(event(42));

        assertThat(follower.welcomed(new Position("e1", 42), welcome("e1", 45, true)))
                .isNull();
        assertThat(follower.position()).isEqualTo(new Position("e1", 42));
    }

    @Test
    void withoutAResumeTheWelcomesPositionCounts() {
        follower.welcomed(null, welcome("e1", 41, false));

        assertThat(follower.welcomed(new Position("e1", 41), welcome("e2", 0, false)))
                .isNull();
        assertThat(follower.position()).isEqualTo(new Position("e2", 0));
        assertThat(follower.follow(event(1)).violation()).isNull();
    }

    @Test
    void aResumeThatNobodyAskedForIsABadWelcome() {
        assertThat(follower.welcomed(null, welcome("e1", 41, true)))
                .isEqualTo(new Violation(
                        Violation.Kind.BAD_WELCOME, "resumed at e1/41 (expected: no resume, none asked)"));
    }

    @Test
    void aResumeInAnotherEpochIsABadWelcome() {
        assertThat(follower.welcomed(new Position("e1", 41), welcome("e2", 41, true)))
                .isEqualTo(new Violation(Violation.Kind.BAD_WELCOME, "resumed at e2/41 (expected: epoch e1)"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEpochThatHandsOutItsNumbersAgainIsABadWelcome(boolean resumed) {
        assertThat(follower.welcomed(new Position("e1", 41), welcome("e1", 40, resumed)))
                .isEqualTo(new Violation(
                        Violation.Kind.BAD_WELCOME, "stream is at e1/40 (expected: not before e1/41, which was seen)"));
    }

    @Test
    void anEventBeforeAWelcomeIsOutOfPlace() {
        assertThat(follower.follow(event(1)).violation())
                .isEqualTo(new Violation(Violation.Kind.BAD_FRAME, "event 1 before a welcome"));
    }

    /// How many do not follow the highest before them.
    private static long wrong(List<Long> seqs) {
        long highest = 0;
        long wrong = 0;
        for (long seq : seqs) {
            if (seq != highest + 1) {
                wrong++;
            }
            highest = Math.max(highest, seq);
        }
        return wrong;
    }

    private static Welcome welcome(String epoch, long seq, boolean resumed) {
        return new Welcome("p-7", "s-1", new Position(epoch, seq), resumed, Duration.ofSeconds(15), 32);
    }

    private static Event event(long seq) {
        return new Event(seq, "e-" + seq, "t.x", null, null, false, NullNode.getInstance());
    }
}
