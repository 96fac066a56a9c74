package dev.rookery.knative.load.player;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboxTest {

    private static final int ALLOWED = 32;

    private final Outbox<String> outbox = new Outbox<>(2, 3);

    @BeforeEach
    void threeAreAsked() {
        for (var id : new String[] {"a", "b", "c"}) {
            assertThat(outbox.reserve()).isTrue();
            outbox.add(id, id, new CompletableFuture<>());
        }
    }

    @Test
    void theFirstGoFirstAndNoMoreThanTheWindow() {
        assertThat(next(0)).isEqualTo("a");
        assertThat(next(0)).isEqualTo("b");
        assertThat(next(0)).isNull();
    }

    @Test
    void theServersLimitCountsToo() {
        assertThat(outbox.next(1, 0)).isEqualTo("a");
        assertThat(outbox.next(1, 0)).isNull();
    }

    @Test
    void aDecisionLetsTheNextGo() {
        next(0);
        next(0);

        outbox.settle("b");

        assertThat(next(0)).isEqualTo("c");
        assertThat(next(0)).isNull();
    }

    @Test
    void whatIsSentBackGoesAgainBeforeTheRestAndNothingGoesBeforeItsTime() {
        next(0);
        next(0);
        outbox.sentBack("a", 100);
        outbox.settle("b");

        assertThat(next(99)).isNull();
        assertThat(next(100)).isEqualTo("a");
        assertThat(next(100)).isEqualTo("c");
    }

    @ParameterizedTest
    @CsvSource({"100, 200", "200, 100"})
    void theLatestTimeCounts(long first, long second) {
        next(0);
        next(0);
        outbox.sentBack("b", first);
        outbox.sentBack("a", second);

        assertThat(next(199)).isNull();
        assertThat(next(200)).isEqualTo("a");
    }

    @Test
    void afterALostConnectionAllGoAgainInOrder() {
        next(0);
        next(0);

        outbox.connectionLost();

        assertThat(next(0)).isEqualTo("a");
        assertThat(next(0)).isEqualTo("b");
        assertThat(next(0)).isNull();
    }

    @Test
    void whatIsSentBackTwiceLeavesOneOnItsWayLess() {
        next(0);
        next(0);

        outbox.sentBack("a", 0);
        outbox.sentBack("a", 0);

        assertThat(next(0)).isEqualTo("a");
        assertThat(next(0)).isNull();
    }

    @Test
    void roomIsGivenBackWithTheDecision() {
        assertThat(outbox.reserve()).isFalse();

        outbox.settle("a");

        assertThat(outbox.reserve()).isTrue();
        assertThat(outbox.reserve()).isFalse();
    }

    @Test
    void whoAsksLastIsToldTooThatNothingWillBeDecided() {
        var last = new CompletableFuture<String>();
        outbox.settle("a");
        outbox.reserve();
        outbox.add("d", "d", last);

        outbox.end(new IllegalStateException("over"));

        assertThat(last).isCompletedExceptionally();
        assertThat(outbox.size()).isZero();
    }

    private @Nullable String next(long nowNanos) {
        return outbox.next(ALLOWED, nowNanos);
    }
}
