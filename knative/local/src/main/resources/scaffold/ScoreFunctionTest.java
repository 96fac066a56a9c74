package dev.rookery.functions.@name@;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Request;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScoreFunctionTest {

    @Test
    void pointsAreAdded() {
        var decision = ScoreFunction.decide(score(3), 4);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Done.class, done -> assertThat(done.data()).isEqualTo(new ScoreFunction.Total(7)));
    }

    @Test
    void tooManyAreRefused() {
        var decision = ScoreFunction.decide(score(1), ScoreFunction.MOST);

        assertThat(decision).isInstanceOf(Decision.Refused.class);
    }

    private static Command<ScoreFunction.Points> score(long points) {
        var request =
                new Request(new PlayerId("p-1"), "c-1", new EventType("@name@.score"), "p-1", Instant.EPOCH, null, null);
        return new Command<>(request, "0".repeat(64), "0".repeat(32), new ScoreFunction.Points(points));
    }
}
