package dev.rookery.knative.load.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.knative.load.bench.Isolation.Ended;
import dev.rookery.knative.load.bench.Isolation.Phase;
import dev.rookery.knative.load.measure.Latencies;
import dev.rookery.knative.load.measure.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsolationTableTest {

    private static final Phase CALM = new Phase("behaves", step(800, 0, 40_000), new Ended(3, 3, 0, 3, 0, 0));
    private static final Phase EXITS = new Phase("exits", step(1_000, 0, 100_000), new Ended(3, 0, 3, 15, 3, 5));

    @Test
    void whatOthersWaitForStandsBesideWhatTheyWaitForWhenAllIsWell() {
        assertThat(new IsolationTable(List.of(CALM, EXITS), 4).lines())
                .containsExactly(
                        "  rounds        answered  failed  lost   p50 ms   p99 ms   max ms   p50 x   p99 x",
                        "  behaves            800       0     0     20.0     40.0     80.0   x1.00   x1.00",
                        "  exits             1000       0     0     50.0    100.0    200.0   x2.50   x2.50",
                        "  rounds behaves: of 3 commands 3 done, 0 failed; 3 deliveries (declared for a command that"
                                + " fails: 5); 0 dead letters; process started again 0 times",
                        "  rounds exits: of 3 commands 0 done, 3 failed; 15 deliveries (declared for a command that"
                                + " fails: 5); 3 dead letters; process started again 5 times");
    }

    @Test
    void failedAfterTheDeclaredTriesAndNobodyElseHurtIsIsolated() {
        assertThat(new IsolationTable(List.of(CALM, EXITS), 4).isIsolated()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 3, 15, 3, a command of another was lost",
        "0, 2, 15, 3, a bad command did not fail",
        "0, 3, 14, 3, one was tried less often than declared",
        "0, 3, 15, 2, a dead letter is missing"
    })
    void anythingElseIsNot(long lost, long failed, long deliveries, long letters, String why) {
        var bad = new Phase("exits", step(1_000, lost, 100_000), new Ended(3, 0, failed, deliveries, letters, 5));

        assertThat(new IsolationTable(List.of(CALM, bad), 4).isIsolated())
                .as(why)
                .isFalse();
    }

    @Test
    void aGoodCommandThatFailsSpoilsTheComparison() {
        var ill = new Phase("behaves", step(800, 0, 40_000), new Ended(3, 2, 1, 3, 0, 0));

        assertThat(new IsolationTable(List.of(ill, EXITS), 4).isIsolated()).isFalse();
    }

    @Test
    void withoutTheFirstThereIsNothingToCompareWith() {
        assertThatThrownBy(() -> new IsolationTable(List.of(), 4)).hasMessageStartingWith("phases: none (expected: ");
    }

    private static Step step(long answered, long lost, long p99Micros) {
        var latencies = new Latencies(answered, p99Micros / 2, p99Micros, p99Micros, p99Micros * 2);
        return new Step(20, answered + lost, answered + lost, Map.of(), lost, latencies);
    }
}
