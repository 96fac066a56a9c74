package dev.rookery.knative.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildProcessTest {

    private static final Duration BOUND = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private final List<Process> parents = new ArrayList<>();

    /// One that has outlived its test would keep the build from ending.
    @AfterEach
    void endParents() {
        parents.forEach(Process::destroyForcibly);
    }

    @Test
    void aChildEndsWhenItsParentIsKilled() throws Exception {
        var parent = parentOf("sleep", "600");
        var child = childOf(parent);

        parent.destroyForcibly().waitFor(60, TimeUnit.SECONDS);

        await().until(() -> !child.isAlive());
    }

    @Test
    void aChildThatIgnoresItsStopSignalIsKilledWhenItsParentIs() throws Exception {
        var parent = parentOf("sh", "-c", "trap '' TERM; while true; do sleep 1; done");
        var child = childOf(parent);

        parent.destroyForcibly().waitFor(60, TimeUnit.SECONDS);

        await().until(() -> !child.isAlive());
    }

    @EnabledOnOs(OS.LINUX)
    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM"})
    void aChildEndsWhenItsParentsWholeProcessGroupIsSignalled(String signal) throws Exception {
        var parent = parentOf(List.of("setsid"), "sleep", "600");
        var child = childOf(parent);

        new ProcessBuilder("kill", "-s", signal, "--", "-" + parent.pid())
                .start()
                .waitFor();

        await().until(() -> !parent.isAlive());
        await().until(() -> !child.isAlive());
    }

    @Test
    void closingStopsTheServerItself() {
        var child = ChildProcess.start(command("sleep", "600"));
        var server = ProcessHandle.of(child.pid()).orElseThrow();

        child.close();

        assertThat(server.isAlive()).isFalse();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void theExitCodeOfTheServerIsTold() {
        var child = ChildProcess.start(command("sh", "-c", "exit 7"));

        assertThat(child.onExit().orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(7);
    }

    @Test
    void aServerThatIsKilledIsNoticed() {
        var child = ChildProcess.start(command("sleep", "600"));

        ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();

        assertThat(child.onExit().orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(128 + 9);
    }

    @Test
    void aServerThatEndsBeforeItServesIsToldWithTheEndOfItsLog() {
        var child = ChildProcess.start(command("sh", "-c", "echo no such disk; exit 3"));

        assertThatThrownBy(() -> child.await(() -> false, Duration.ofSeconds(60)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("probe ended with code 3")
                .hasMessageContaining("no such disk");
    }

    @Test
    void aServerThatDoesNotServeInTimeIsStopped() {
        var child = ChildProcess.start(command("sleep", "600"));

        assertThatThrownBy(() -> child.await(() -> false, Duration.ofMillis(50)))
                .hasMessageContaining("probe did not serve within PT0.05S");

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void whoeverIsInterruptedWhileItStartsLeavesNothingBehind() throws Exception {
        var ran = folder.resolve("ran");
        // In the way of the file that tells who runs.
        Files.createDirectory(folder.resolve("probe.pid.new"));
        var starting = Thread.ofVirtual()
                .start(() -> assertThatThrownBy(() -> ChildProcess.start(command(
                                "sh",
                                "-c",
                                "echo $$ >" + ran + ".new; mv " + ran + ".new " + ran + "; exec sleep 600")))
                        .isInstanceOf(IllegalStateException.class));
        await().until(() -> Files.exists(ran));
        var server =
                ProcessHandle.of(Long.parseLong(Files.readString(ran).strip())).orElseThrow();

        starting.interrupt();

        await().until(() -> !server.isAlive());
        starting.join();
    }

    private ChildProcess.Command command(String... words) {
        return new ChildProcess.Command("probe", List.of(words), Map.of(), folder, "TERM", BOUND);
    }

    /// A JVM that starts the words as its child and then only waits.
    private Process parentOf(String... words) throws IOException {
        return parentOf(List.of(), words);
    }

    private Process parentOf(List<String> before, String... words) throws IOException {
        var command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                folder.toString()));
        command.addAll(List.of(words));
        var parent = new ProcessBuilder(command).inheritIO().start();
        parents.add(parent);
        return parent;
    }

    private ProcessHandle childOf(Process parent) {
        var pidFile = folder.resolve("probe.pid");
        await().until(() -> Files.exists(pidFile) || !parent.isAlive());
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs in a JVM of its own.
    static final class Parent {

        private Parent() {}

        public static void main(String[] arguments) throws InterruptedException {
            var words = List.of(arguments).subList(1, arguments.length);
            ChildProcess.start(
                    new ChildProcess.Command("probe", words, Map.of(), Path.of(arguments[0]), "TERM", BOUND));
            Thread.currentThread().join();
        }
    }
}
