package dev.rookery.knative.backing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// A server process that never outlives this one, not even after a SIGKILL.
///
/// It runs under a few lines of shell that hold the end of a pipe of ours: when we end, the pipe does, and the
/// shell stops the server (see child.sh). A server that ends by itself ends the shell with the same code.
public final class ChildProcess implements AutoCloseable {

    private static final Duration START_BOUND = Duration.ofSeconds(10);
    private static final String SHELL = shell();
    /// Where there is `setsid`: then not even a SIGKILL of our whole process group takes the shell from its server.
    private static final List<String> IN_A_SESSION_OF_ITS_OWN = isOnPath("setsid") ? List.of("setsid") : List.of();

    private final Command command;
    private final Process shell;
    private final ProcessHandle server;

    private ChildProcess(Command command, Process shell, ProcessHandle server) {
        this.command = command;
        this.shell = shell;
        this.server = server;
    }

    /// What to run.
    ///
    /// @param name        for messages
    /// @param words       the program and its arguments
    /// @param environment added to ours
    /// @param folder      where its log goes, as `<name>.log`, appended, and its pid, as `<name>.pid`
    /// @param stopSignal  what tells it to stop, such as `TERM`
    /// @param stopBound   how long it may take to; then it is killed
    public record Command(
            String name,
            List<String> words,
            Map<String, String> environment,
            Path folder,
            String stopSignal,
            Duration stopBound) {

        public Command {
            words = List.copyOf(words);
            environment = Map.copyOf(environment);
        }

        Path log() {
            return folder.resolve(name + ".log");
        }

        Path pidFile() {
            return folder.resolve(name + ".pid");
        }
    }

    /// Starts it; it may not serve yet.
    ///
    /// @throws IllegalStateException when the program cannot be run at all, or when this thread is interrupted
    /// @throws UncheckedIOException  when its folder or log cannot be written, or the system cannot make
    ///                               a process
    public static ChildProcess start(Command command) {
        try {
            Files.createDirectories(command.folder());
            Files.deleteIfExists(command.pidFile());
            var words = new ArrayList<>(IN_A_SESSION_OF_ITS_OWN);
            words.addAll(List.of(
                    "sh",
                    "-c",
                    SHELL,
                    "child",
                    command.pidFile().toString(),
                    command.stopSignal(),
                    Long.toString(command.stopBound().toSeconds())));
            words.addAll(command.words());
            var builder = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(command.log().toFile()));
            builder.environment().putAll(command.environment());
            var shell = builder.start();
            try {
                return new ChildProcess(command, shell, server(command, shell));
            } catch (IOException | RuntimeException e) {
                // What may have been started all the same ends with the pipe.
                shell.getOutputStream().close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(command.name() + " cannot be started", e);
        }
    }

    /// Of the server itself, not of what runs it.
    public long pid() {
        return server.pid();
    }

    public boolean isAlive() {
        return shell.isAlive();
    }

    /// Completes with the server's exit code when it has ended, by itself or told to.
    public CompletableFuture<Integer> onExit() {
        return shell.onExit().thenApply(Process::exitValue);
    }

    /// Waits until it serves.
    ///
    /// @throws IllegalStateException when it ends before that or does not serve in time, with the end of its log;
    /// or when this thread is interrupted, and then it is killed
    public void await(BooleanSupplier serves, Duration bound) {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!serves.getAsBoolean()) {
            if (!isAlive()) {
                throw new IllegalStateException(command.name() + " ended with code " + shell.exitValue() + endOfLog());
            }
            if (System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException(command.name() + " did not serve within " + bound + endOfLog());
            }
            try {
                pause();
            } catch (IllegalStateException e) {
                close();
                throw e;
            }
        }
    }

    /// Tells it to stop and does not wait: [#onExit] tells when it has. Killed when it does not in time.
    public void stop() {
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            // The pipe is gone because the shell is: nothing is left to be told.
        }
    }

    /// Tells it to stop and waits until it has; killed when it does not in time.
    @Override
    public void close() {
        stop();
        try {
            onExit().get(command.stopBound().plusSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            server.destroyForcibly();
        }
    }

    private static ProcessHandle server(Command command, Process shell) throws IOException {
        long deadline = System.nanoTime() + START_BOUND.toNanos();
        while (!Files.exists(command.pidFile())) {
            if (!shell.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        command.name() + " cannot be run: " + command.words().getFirst());
            }
            pause();
        }
        long pid = Long.parseLong(Files.readString(command.pidFile()).strip());
        // One that has ended already is told by the shell, which then stands for it.
        return ProcessHandle.of(pid).orElse(shell.toHandle());
    }

    private String endOfLog() {
        try {
            var lines = Files.readAllLines(command.log());
            return "; end of " + command.log() + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "; " + command.log() + " cannot be read";
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server starts", e);
        }
    }

    private static boolean isOnPath(String program) {
        var path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String shell() {
        try (var in = ChildProcess.class.getResourceAsStream("child.sh")) {
            if (in == null) {
                throw new IllegalStateException("child.sh: is missing (expected: beside ChildProcess)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
