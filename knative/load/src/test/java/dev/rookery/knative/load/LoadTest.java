package dev.rookery.knative.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "play p-7 --port 1",
                "load --port 1",
                "bench trip --port 1",
                "bench gateway --port 1",
                "bench money --port 1",
                "verify ledger --port 1"
            })
    void whereNoPlatformRunsOneSentenceSaysHowToStartOne(String arguments) {
        var errors = new StringWriter();

        int code = Load.commandLine().setErr(new PrintWriter(errors)).execute(arguments.split(" ", -1));

        assertThat(errors.toString().strip())
                .isEqualTo("port 1: no platform runs here (expected: one; ./rookery up --port 1 starts it)");
        assertThat(code).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "play --help",
                "load --help",
                "bench --help",
                "bench trip --help",
                "bench gateway --help",
                "bench money --help",
                "bench isolation --help",
                "verify --help",
                "verify ledger --help",
                "verify round --help"
            })
    void everyCommandTellsWhatItIs(String arguments) {
        var told = new StringWriter();

        int code = Load.commandLine().setOut(new PrintWriter(told)).execute(arguments.split(" ", -1));

        assertThat(told.toString()).contains("Usage: rookery");
        assertThat(code).isZero();
    }
}
