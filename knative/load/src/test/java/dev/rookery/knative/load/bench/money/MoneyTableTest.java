package dev.rookery.knative.load.bench.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.load.bench.money.MoneyReport.Costs;
import dev.rookery.knative.load.bench.money.MoneyReport.Speed;
import dev.rookery.knative.load.measure.Latencies;
import dev.rookery.knative.load.measure.Machine;
import dev.rookery.knative.load.measure.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MoneyTableTest {

    private static final Audit EXACT = new Audit(900, 900, 0, 900, 900);

    @Test
    void theFunctionStandsBesideWhatPostgresDoesAlone() {
        assertThat(MoneyTable.lines(report(EXACT, Map.of(), 0)))
                .contains(
                        "  function, cold accounts            64     20.0      3000      9.00      30.0       400       100"
                                + "        50",
                        "function over PostgreSQL batched: 0.50 (goal: at least 0.60)",
                        "function over PostgreSQL one by one: 1.50 (goal: none)",
                        "one hot account over cold ones: 0.90 (goal: at least 0.80)");
    }

    @Test
    void whatWasNotTriedIsSaid() {
        assertThat(MoneyTable.lines(report(EXACT, Map.of(), 0)))
                .contains("  not tried, too far above the closed loop: 5000/s");
    }

    @Test
    void whatWentWrongIsShownBesideTheFigures() {
        assertThat(MoneyTable.lines(report(new Audit(900, 898, 1, 899, 901), Map.of("IOException: reset", 2L), 1)))
                .contains(
                        "      1000     6000      5997       2      1      9.00      30.0",
                        "  1000/s: 2 x IOException: reset",
                        "900 bets: 898 done, 1 refused or failed, 899 rounds, 901 stakes (expected: each once)",
                        "3 deliveries came again, 0 broken promises");
    }

    @Test
    void theFileHasTheRatiosToo() {
        assertThat(JsonMapper.shared().valueToTree(report(EXACT, Map.of(), 0)).path("ratios"))
                .hasToString("{\"functionOverBatched\":0.5,\"functionOverSingle\":1.5,\"hotOverCold\":0.9}");
    }

    @Test
    void aBetThatIsLostRefusedOrDoubledSpoilsTheRun() {
        assertThat(report(EXACT, Map.of(), 0).isRight()).isTrue();
        assertThat(report(new Audit(900, 899, 0, 900, 900), Map.of(), 0).isRight())
                .isFalse();
        assertThat(report(new Audit(900, 900, 1, 900, 900), Map.of(), 0).isRight())
                .isFalse();
        assertThat(report(new Audit(900, 900, 0, 901, 900), Map.of(), 0).isRight())
                .isFalse();
        assertThat(report(new Audit(900, 900, 0, 900, 901), Map.of(), 0).isRight())
                .isFalse();
        assertThat(report(EXACT, Map.of("IOException: reset", 1L), 0).isRight()).isFalse();
        assertThat(report(EXACT, Map.of(), 1).isRight()).isFalse();
    }

    private static MoneyReport report(Audit audit, Map<String, Long> failures, long lost) {
        return new MoneyReport(
                Instant.EPOCH,
                new Machine(2, 8_000, "Linux amd64"),
                MoneyPlan.whole(),
                speed(64, 20, 3_000),
                speed(64, 20, 2_700),
                List.of(step(1_000, failures, lost)),
                List.of(5_000),
                List.of(step(50, Map.of(), 0)),
                speed(16, 1, 2_000),
                speed(2, 50, 6_000),
                3,
                0,
                audit);
    }

    private static Speed speed(int atOnce, double batch, double perSecond) {
        return new Speed(atOnce, batch, perSecond, took(1), new Costs(400, 100, 50));
    }

    private static Step step(int perSecond, Map<String, Long> failures, long lost) {
        long failed = failures.values().stream().mapToLong(Long::longValue).sum();
        long sent = 6L * perSecond;
        return new Step(perSecond, sent, sent, failures, lost, took(sent - failed - lost));
    }

    private static Latencies took(long count) {
        return new Latencies(count, 9_000, 20_000, 30_000, 40_000);
    }
}
