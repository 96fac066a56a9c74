package dev.rookery.knative.load.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.load.bench.gateway.GatewayReport.Measured;
import dev.rookery.knative.load.measure.Machine;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayTableTest {

    private static final Measured OURS = new Measured(
            "Rookery",
            List.of(
                    Figure.more("echo", "1/s", 3_000),
                    Figure.less("echo: server CPU", "us each", 10),
                    Figure.note("echo: client CPU", "processors", 0.5)),
            List.of());

    @Test
    void moreOfOneAndLessOfTheOtherAreBothBetter() {
        var lines = lines(new Measured(
                "ws",
                List.of(
                        Figure.more("echo", "1/s", 1_500),
                        Figure.less("echo: server CPU", "us each", 25),
                        Figure.note("echo: client CPU", "processors", 0.25)),
                List.of()));

        assertThat(lines)
                .anySatisfy(line -> assertThat(line).containsSubsequence("echo, 1/s", "3,000", "1,500  x2.00"));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).containsSubsequence("server CPU", "10.00", "25.00  x2.50"));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .containsSubsequence("client CPU", "0.50", "0.25")
                        .doesNotContain("x"));
    }

    @Test
    void whatAnotherDoesNotHaveIsADashAndWhyIsSaid() {
        var lines = lines(new Measured("ws", List.of(), List.of("echo: 3 of 4 connected")));

        assertThat(lines)
                .anySatisfy(line -> assertThat(line).startsWith("echo, 1/s").endsWith("-"));
        assertThat(lines).contains("not measured: ws, echo: 3 of 4 connected");
    }

    private static List<String> lines(Measured other) {
        return GatewayTable.lines(new GatewayReport(
                Instant.EPOCH, new Machine(2, 100, "test"), BenchPlan.quick(1), List.of(OURS, other)));
    }
}
