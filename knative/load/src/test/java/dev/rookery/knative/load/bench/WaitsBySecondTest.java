package dev.rookery.knative.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.load.measure.Latencies;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WaitsBySecondTest {

    @Test
    void steadyBeginsAfterTheLastSecondThatWasMuchSlower() {
        assertThat(WaitsBySecond.steadyFrom(seconds(9_000, 4_000, 500, 3_000, 600, 500, 500, 500, 500, 500)))
                .contains(4);
    }

    @Test
    void whatIsSteadyFromTheBeginningSaysSo() {
        assertThat(WaitsBySecond.steadyFrom(seconds(600, 500, 500, 500, 500))).contains(0);
    }

    @Test
    void whatIsOnlyFastInTheEndIsNotSteady() {
        assertThat(WaitsBySecond.steadyFrom(seconds(9_000, 8_000, 7_000, 6_000, 500)))
                .isEmpty();
    }

    @Test
    void whatWaitsLongerAndLongerIsNotSteady() {
        assertThat(WaitsBySecond.steadyFrom(seconds(1_100_000, 1_200_000, 1_300_000, 1_400_000, 1_500_000)))
                .isEmpty();
    }

    @Test
    void whatIsNotAnsweredIsWaitedForAndCounted() throws Exception {
        var waits = new WaitsBySecond(2);
        waits.asked(0);
        waits.asked(1);
        waits.answered(0, 5_000_000, null);

        assertThat(waits.awaitAll(Duration.ofMillis(50))).isFalse();
        assertThat(waits.unanswered()).isEqualTo(1);

        waits.answered(1, 5_000_000, new IllegalStateException("for the test"));
        assertThat(waits.awaitAll(Duration.ofSeconds(10))).isTrue();
        assertThat(waits.failed()).isEqualTo(1);
        assertThat(waits.seconds()).extracting(Latencies::count).containsExactly(1L, 0L);
    }

    private static List<Latencies> seconds(long... p50) {
        return LongStream.of(p50)
                .mapToObj(each -> new Latencies(1, each, each, each, each))
                .toList();
    }
}
