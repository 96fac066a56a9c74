package dev.rookery.knative.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.load.ceiling.Ceiling;
import dev.rookery.knative.load.ceiling.Ceilings;
import dev.rookery.knative.load.measure.ClosedLoop;
import dev.rookery.knative.load.measure.Latencies;
import dev.rookery.knative.load.measure.Machine;
import dev.rookery.knative.load.measure.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TripTableTest {

    private static final Step ONE = step(1, 10, Map.of(), 0, 40_000);
    private static final Step BROKEN = step(400, 400, Map.of("FrameRejectedException: busy: full", 3L), 2, 900_000);

    @Test
    void whatWentWrongIsShownBesideTheFigures() {
        var lines = TripTable.lines(report(0));

        assertThat(lines)
                .contains("     400      400       395       3      2     900.0     900.0     900.0     900.0")
                .contains("  400/s: 3 x FrameRejectedException: busy: full")
                .contains("201 players, 4 reconnects, 5 error frames, 0 broken promises");
    }

    @Test
    void theHighestRateIsShownWithTheOneThatDidNotHold() {
        assertThat(TripTable.lines(report(0)))
                .contains("highest rate that held: 200/s (p99 under 250 ms, nothing failed or lost); "
                        + "400/s did not; ended because answers were lost");
    }

    @Test
    void theRatiosSetTheTripBesideWhatIsBelowIt() {
        assertThat(TripTable.lines(report(0)))
                .contains("trip p50 at 1/s over PostgreSQL + Kafka + Redis p50: 10.0")
                .contains("highest rate over PostgreSQL commits, 16 at once: 0.20");
    }

    @Test
    void theFileHasTheRatiosToo() {
        assertThat(JsonMapper.shared().valueToTree(report(0)).path("ratios"))
                .hasToString("{\"tripOverCeilings\":10.0,\"rateOverPostgres\":0.2}");
    }

    @Test
    void aBrokenPromiseSpoilsTheRun() {
        assertThat(report(0).isFullyAnswered()).isTrue();
        assertThat(report(1).isFullyAnswered()).isFalse();
    }

    private static TripReport report(long violated) {
        return new TripReport(
                Instant.EPOCH,
                new Machine(2, 8_000, "Linux amd64"),
                1_500_000,
                List.of(ONE, step(200, 2_000, Map.of(), 0, 60_000)),
                new TripReport.Search(200, 400, TripReport.Search.End.LOST_ANSWERS, List.of(BROKEN)),
                new Crew.Seen(201, 4, 5, violated),
                new Ceilings(
                        ceiling(1, 1_500, 600),
                        ceiling(16, 9_000, 1_000),
                        ceiling(1, 2_400, 400),
                        ceiling(256, 9_000, 9_000),
                        ceiling(1, 100, 9_000),
                        ceiling(16, 200, 20_000)));
    }

    private static Step step(int rate, long sent, Map<String, Long> failures, long lost, long micros) {
        long failed = failures.values().stream().mapToLong(Long::longValue).sum();
        return new Step(
                rate, sent, sent, failures, lost, new Latencies(sent - failed - lost, micros, micros, micros, micros));
    }

    private static Ceiling ceiling(int atOnce, long p50Micros, double perSecond) {
        return new Ceiling(
                "x",
                atOnce,
                new ClosedLoop.Speed(perSecond, new Latencies(1, p50Micros, p50Micros, p50Micros, p50Micros)));
    }
}
