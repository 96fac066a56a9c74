package dev.rookery.knative.load.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.knative.load.measure.Latencies;
import dev.rookery.knative.load.measure.Machine;
import dev.rookery.knative.load.swarm.Count;
import dev.rookery.knative.load.swarm.Observation;
import dev.rookery.knative.load.swarm.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DriveTableTest {

    @Test
    void everyLatencyIsARowAndWhatWasNotTimedIsADash() {
        assertThat(DriveTable.lines(report(0, 3)))
                .contains("  cast               1000      0.50      1.00      9.00      12.0")
                .contains("  command               0         -         -         -         -");
    }

    @Test
    void whatWentWrongIsShownBesideTheFigures() {
        assertThat(DriveTable.lines(report(2, 3)))
                .contains("             2  GAP: p: seq: 3 (expected: 2 in epoch e1)")
                .contains("             7  busy")
                .contains("             4  4001")
                .contains("  commands undecided                1");
    }

    @Test
    void aBrokenPromiseOrACommandWithoutAnswerIsNoSuccess() {
        assertThat(report(0, 4).isKept()).isTrue();
        assertThat(report(1, 4).isKept()).isFalse();
        assertThat(report(0, 3).isKept()).isFalse();
    }

    @Test
    void theFileTellsWhatTheTableTells() {
        var written = JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(report(1, 4)));

        assertThat(written.at("/latencies/CAST/p99Micros").asInt()).isEqualTo(9_000);
        assertThat(written.at("/seen/counts/BREACHES").asInt()).isEqualTo(1);
        assertThat(written.at("/kept").asBoolean()).isFalse();
    }

    @Test
    void aPlanThatCannotBeIsRefusedInWords() {
        assertThatThrownBy(() -> plan(-1, 25, 1)).hasMessage("casts-per-second: -1 (expected: 0..1000000)");
        assertThatThrownBy(() -> plan(1, 0, 1)).hasMessage("storm-percent: 0 (expected: 1..100)");
        assertThatThrownBy(() -> plan(1, 25, 0)).hasMessage("duration: PT0S (expected: > 0, at most 24 h)");
    }

    private static DriveReport report(long breaches, long done) {
        return new DriveReport(
                Instant.EPOCH,
                new Machine(2, 100, "test"),
                10,
                plan(1, 25, 1),
                1.0,
                0.5,
                new Observation(
                        Map.of(Count.BREACHES, breaches, Count.COMMANDS_SENT, 4L, Count.COMMANDS_DONE, done),
                        Map.of("busy", 7L),
                        Map.of("4001", 4L),
                        breaches == 0 ? Map.of() : Map.of("GAP: p: seq: 3 (expected: 2 in epoch e1)", breaches)),
                Map.of(Timing.CAST, new Latencies(1_000, 500, 1_000, 9_000, 12_000)));
    }

    private static DrivePlan plan(long casts, int stormPercent, long seconds) {
        return new DrivePlan(Duration.ofSeconds(1), casts, 1, Duration.ZERO, stormPercent, Duration.ofSeconds(seconds));
    }
}
