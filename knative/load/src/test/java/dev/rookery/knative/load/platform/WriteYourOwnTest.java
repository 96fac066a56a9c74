package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.backing.Ports;
import dev.rookery.knative.load.platform.Page.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Does what the README says under "Write your own function", word by word, on a copy of the project that nobody has
/// built.
@Tag("minutes")
class WriteYourOwnTest {

    private static final Set<String> NOT_COPIED = Set.of("target", "node_modules", ".git", ".rookery");
    /// A build of everything on a small and busy machine is part of some steps.
    private static final Duration STEP_BOUND = Duration.ofMinutes(20);
    private static final Duration ANSWER_BOUND = Duration.ofMinutes(2);
    private static final Duration END_BOUND = Duration.ofMinutes(3);

    @TempDir
    Path project;

    private final int port = Ports.free();
    private final Deque<Terminal> terminals = new ArrayDeque<>();
    private @Nullable Terminal session;

    @Test
    void whatThePageSaysIsWhatHappens() throws IOException {
        copy();

        for (var step : Page.read(project.resolve("README.md"), "Write your own function")
                .steps()) {
            switch (step) {
                case Step.Run(var command) -> run(command);
                case Step.Type(var line) -> session().type(line);
                case Step.Expect(var line) -> session().expect(line);
            }
        }
    }

    @AfterEach
    void end() {
        // The last first: players leave before the platform does.
        while (!terminals.isEmpty()) {
            terminals.pop().close();
        }
    }

    /// What stays is left to its terminal, everything else has to end well.
    private void run(String command) {
        var terminal = new Terminal(command);
        terminals.push(terminal);
        if (command.startsWith("./rookery up")) {
            terminal.await(() -> terminal.output().contains("Ready in "));
        } else if (command.startsWith("./rookery play")) {
            // A person types when it says that it is connected.
            terminal.await(() -> terminal.output().contains("\"op\":\"welcome\""));
            session = terminal;
        } else {
            terminal.await(() -> !terminal.process.isAlive());
            assertThat(terminal.process.exitValue())
                    .as(command + "\n" + terminal.output())
                    .isZero();
        }
    }

    private Terminal session() {
        return Objects.requireNonNull(session, "the page types before it starts ./rookery play");
    }

    private void copy() throws IOException {
        Files.walkFileTree(Launched.ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) throws IOException {
                if (NOT_COPIED.contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(in(folder));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about) throws IOException {
                if (!NOT_COPIED.contains(file.getFileName().toString())) {
                    Files.copy(file, in(file), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private Path in(Path file) {
        return project.resolve(Launched.ROOT.relativize(file).toString());
    }

    /// One command, with what it prints in a file.
    private final class Terminal implements AutoCloseable {

        private final Process process;
        private final Path output;

        Terminal(String command) {
            try {
                output = Files.createTempFile(project, "terminal-", ".log");
                var builder = new ProcessBuilder("bash", "-c", "exec " + command)
                        .directory(project.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                var environment = builder.environment();
                environment.put("ROOKERY_PORT", Integer.toString(port));
                // What this build needed, that one needs: it asks no registry. Caches would only make starts faster.
                environment.put(
                        "MAVEN_ARGS",
                        "--offline -Dtraining.skip=true -Dmaven.repo.local="
                                + Objects.requireNonNull(System.getProperty("localRepository")));
                process = builder.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void type(String line) {
            try {
                var out = process.getOutputStream();
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(output(), e);
            }
        }

        void expect(Pattern line) {
            Awaitility.await()
                    .atMost(ANSWER_BOUND)
                    .untilAsserted(() -> assertThat(output().lines()).anyMatch(line.asMatchPredicate()));
        }

        void await(BooleanSupplier isThere) {
            Awaitility.await().atMost(STEP_BOUND).until(() -> isThere.getAsBoolean() || !process.isAlive());
            assertThat(isThere.getAsBoolean()).as(output()).isTrue();
        }

        String output() {
            try {
                return Files.readString(output);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// As Ctrl-C does; a build that it may be at ends too.
        @Override
        public void close() {
            var all = process.descendants().toList();
            process.destroy();
            try {
                if (!process.waitFor(END_BOUND.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            all.forEach(ProcessHandle::destroy);
        }
    }
}
