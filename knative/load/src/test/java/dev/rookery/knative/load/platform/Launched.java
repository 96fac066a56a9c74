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
    private static final Duration RECOVERY_BOUND = Duration.ofSeconds(60);
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
            var builder = command("up", "--port", Integer.toString(port)).redirectOutput(output.toFile());
            builder.command().addAll(List.of(options));
            builder.environment().putAll(environment);
            return new Launched(builder.start(), port, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What `./rookery` runs for a command, with output and errors in one.
    static ProcessBuilder command(String... words) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                ROOT.resolve("knative/local/target/app/knative-local.jar").toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ROOKERY_HOME", ROOT.toString());
        return builder;
    }

    /// One of the project's, for `--overlay`.
    static String overlay(String name) {
        return ROOT.resolve("knative").resolve("overlays").resolve(name).toString();
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

    /// Sends a signal to one of its processes.
    void signal(String process, String signal) {
        var pid = Long.toString(pid(process));
        try {
            int code = new ProcessBuilder("kill", "-s", signal, pid)
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -s " + signal + " " + pid + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Waits until the platform has started a process again that ended.
    void awaitRestartOf(String process, long ended) {
        await().atMost(RECOVERY_BOUND).until(() -> pid(process) != ended);
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
