package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `bench money` as a person runs it; what it measures is not looked at.
class MoneyTest {

    @RegisterExtension
    static final SharedPlatform rookery = new SharedPlatform();

    private static final int BOUND_SECONDS = 120;

    @TempDir
    Path folder;

    @Test
    void aShortRunLosesNoBet() throws Exception {
        var json = folder.resolve("money.json");
        var output = folder.resolve("output");

        int code = run(output, "--quick", "--json", json.toString());

        assertThat(code).as(() -> read(output)).isZero();
        var report = JsonMapper.shared().readTree(Files.readString(json));
        assertThat(report.at("/audit/bets").longValue())
                .isPositive()
                .isEqualTo(report.at("/audit/done").longValue());
        assertThat(List.of("cold", "hot", "single", "batched"))
                .allMatch(step -> report.at("/" + step + "/perSecond").doubleValue() > 0);
        assertThat(report.at("/cold/batch").doubleValue()).isGreaterThanOrEqualTo(1);
        assertThat(read(output)).contains("not tried, too far above the closed loop: 1000000/s");
        assertThat(rookery.ledger().wrongBalances()).isEmpty();
    }

    private static int run(Path output, String... options) throws Exception {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.rookery.knative.load.Load",
                        "bench",
                        "money",
                        "--port",
                        Integer.toString(rookery.launched().port()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.command().addAll(List.of(options));
        builder.environment().put("ROOKERY_HOME", Launched.ROOT.toString());
        var process = builder.start();
        try {
            assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS))
                    .as(() -> read(output))
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
