package dev.rookery.knative.load.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.load.protocol.Outcome;
import dev.rookery.knative.load.protocol.Position;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.NullNode;

class AnswersTest {

    private static final Position E1 = new Position("e1", 50);
    private static final Position E2 = new Position("e2", 3);

    private final Answers answers = new Answers(2);

    @Test
    void theSameAnswerAgainIsRight() {
        answers.check(E1, answer("c-1", "e-1", 42, false));

        assertThat(answers.check(E1, answer("c-1", "e-1", 42, true))).isNull();
        assertThat(answers.check(E1, answer("c-1", "e-1", 0, true))).isNull();
    }

    @Test
    void anotherEventForTheSameCommandIsAChangedAnswer() {
        answers.check(E1, answer("c-1", "e-1", 42, false));

        assertThat(kind(answers.check(E1, answer("c-1", "e-2", 43, false)))).isEqualTo(Violation.Kind.ANSWER_CHANGED);
        assertThat(kind(answers.check(E2, answer("c-1", "e-2", 1, true)))).isEqualTo(Violation.Kind.ANSWER_CHANGED);
    }

    @Test
    void theSameEventAtTwoPlacesOfAnEpochIsAnsweredTwice() {
        answers.check(E1, answer("c-1", "e-1", 42, false));

        assertThat(kind(answers.check(E1, answer("c-1", "e-1", 43, false)))).isEqualTo(Violation.Kind.ANSWERED_TWICE);
        assertThat(kind(answers.check(E1, answer("c-1", "e-1", 43, true)))).isEqualTo(Violation.Kind.ANSWERED_TWICE);
    }

    @Test
    void inAnotherEpochTheSameEventHasAnotherPlace() {
        answers.check(E1, answer("c-1", "e-1", 42, false));

        assertThat(answers.check(E2, answer("c-1", "e-1", 1, false))).isNull();
    }

    @Test
    void aPlaceThatARepeatDidNotKnowIsLearntLater() {
        answers.check(E1, answer("c-1", "e-1", 0, true));
        answers.check(E1, answer("c-1", "e-1", 42, false));

        assertThat(kind(answers.check(E1, answer("c-1", "e-1", 43, false)))).isEqualTo(Violation.Kind.ANSWERED_TWICE);
    }

    @Test
    void beyondTheLimitTheOldestIsForgotten() {
        answers.check(E1, answer("c-1", "e-1", 1, false));
        answers.check(E1, answer("c-2", "e-2", 2, false));
        answers.check(E1, answer("c-3", "e-3", 3, false));

        assertThat(kind(answers.check(E1, answer("c-2", "other", 4, false)))).isEqualTo(Violation.Kind.ANSWER_CHANGED);
        assertThat(answers.check(E1, answer("c-1", "other", 5, false))).isNull();
    }

    @Test
    void aPushAnswersNothing() {
        var push = new Event(1, "e-1", "t.x", null, null, false, NullNode.getInstance());

        assertThat(answers.check(E1, push)).isNull();
    }

    private static Event answer(String command, String id, long seq, boolean repeat) {
        return new Event(seq, id, "t.x", command, Outcome.DONE, repeat, NullNode.getInstance());
    }

    private static Violation.@Nullable Kind kind(@Nullable Violation violation) {
        return violation == null ? null : violation.kind();
    }
}
