package dev.rookery.knative.load.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A short drill, in a process of its own, as `./rookery drill money` runs it.
class DrillTest {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final long SEED = 25;

    @TempDir
    Path folder;

    @Test
    void everythingIsKeptWhileFaultsStrike() throws Exception {
        var json = folder.resolve("report.json");

        var ended = drill(json);

        assertThat(ended.output()).contains("seed " + SEED + ";").contains("everything was kept");
        assertThat(ended.code()).isZero();
        var report = JsonMapper.shared().readTree(Files.readString(json));
        assertThat(report.path("commands").asLong()).isGreaterThan(50);
        assertThat(report.path("paid").asLong()).isPositive();
        assertThat(report.path("copies").asLong()).isPositive();
        assertThat(report.path("faults")).hasSizeGreaterThan(2);
        assertThat(report.path("checks"))
                .allSatisfy(check -> assertThat(check.path("broken").asLong()).isZero());
    }

    private static Ended drill(Path json) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.rookery.knative.load.Load",
                        "drill",
                        "money",
                        "--minutes",
                        "0.4",
                        "--seed",
                        Long.toString(SEED),
                        "--json",
                        json.toString())
                .redirectErrorStream(true);
        builder.environment().put("ROOKERY_HOME", ROOT.toString());
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private record Ended(int code, String output) {}
}
