package dev.rookery.knative.load.platform;

import static org.awaitility.Awaitility.await;

import dev.rookery.knative.backing.Ports;
import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A platform as `./rookery up` starts it: in a process of its own.
final class Launched implements AutoCloseable {

    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    private static final Duration START_BOUND = Duration.ofMinutes(3);
    private static final int END_SECONDS = 90;

    private final Process launcher;
    private final int port;
    private final Path output;

    private Launched(Process launcher, int port, Path output) {
        this.launcher = launcher;
        this.port = port;
        this.output = output;
    }

    /// Starts one on a free port and waits until it is ready.
    static Launched up(Map<String, String> environment, String... options) {
        var launched = run(Ports.free(), environment, options);
        await().atMost(START_BOUND).until(() -> launched.find() || !launched.launcher.isAlive());
        if (!launched.find()) {
            throw new IllegalStateException("the platform did not start:\n" + launched.output());
        }
        return launched;
    }

    /// Starts one, which may fail.
    static Launched run(int port, Map<String, String> environment, String... options) {
        try {
            var output = Files.createTempFile("rookery-up-", ".log");
            var words = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    ROOT.resolve("knative/local/target/app/knative-local.jar").toString(),
                    "up",
                    "--port",
                    Integer.toString(port)));
            words.addAll(List.of(options));
            var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("ROOKERY_HOME", ROOT.toString());
            builder.environment().putAll(environment);
            return new Launched(builder.start(), port, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process launcher() {
        return launcher;
    }

    int port() {
        return port;
    }

    RunningPlatform platform() {
        return RunningPlatform.find(ROOT, port)
                .orElseThrow(() -> new IllegalStateException("the platform has ended:\n" + output()));
    }

    long pid(String process) {
        return platform().process(process).orElseThrow().pid();
    }

    /// What it has printed so far.
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends it as Ctrl-C does and waits until it has.
    @Override
    public void close() {
        launcher.destroy();
        try {
            if (!launcher.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the platform has not ended:\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean find() {
        return RunningPlatform.find(ROOT, port).isPresent();
    }
}
