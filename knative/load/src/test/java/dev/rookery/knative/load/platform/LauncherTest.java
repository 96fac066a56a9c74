package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.knative.backing.Ports;
import dev.rookery.knative.local.RunningPlatform;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starting and ending, gently and otherwise.
class LauncherTest {

    private static final int BOUND_SECONDS = 60;

    @TempDir
    Path folder;

    private final String player = "p-" + UUID.randomUUID();

    @Test
    void killedOrToldToEndItLeavesNoProcessBehindAndGoesOnFromItsData() {
        var data = folder.resolve("data").toString();
        try (var first = Launched.up(Map.of(), "--data", data)) {
            var children = first.platform().processes();
            deposit(first.platform());

            first.launcher().destroyForcibly();

            assertThat(children).hasSize(7);
            await().untilAsserted(() -> assertThat(children).noneMatch(LauncherTest::isAlive));
        }

        var second = Launched.up(Map.of(), "--data", data);
        var platform = second.platform();
        try (second) {
            assertThat(balance(platform)).contains("\"amount\":1000");
        }
        assertThat(platform.processes()).hasSize(7).noneMatch(LauncherTest::isAlive);
        assertThat(RunningPlatform.find(Launched.ROOT, second.port())).isEmpty();
    }

    @Test
    void aPortThatIsTakenIsToldAndHowToChooseAnother() throws Exception {
        try (var taken = new ServerSocket(Ports.free(), 1, InetAddress.getLoopbackAddress())) {
            var data = folder.resolve("data");
            var launched = Launched.run(taken.getLocalPort(), Map.of(), "--data", data.toString());

            assertThat(launched.launcher().waitFor(BOUND_SECONDS, TimeUnit.SECONDS))
                    .isTrue();

            assertThat(launched.launcher().exitValue()).isEqualTo(1);
            assertThat(launched.output())
                    .contains("rookery: port: " + taken.getLocalPort() + " is in use")
                    .contains("choose another by --port");
            assertThat(data).doesNotExist();
        }
    }

    @Test
    void theLauncherSaysWhichCommandsThereAre() throws Exception {
        assertThat(run("help").output())
                .contains("up", "test", "bench", "status", "roll gateway", "dead-letters list", "down", "token PLAYER");
    }

    @Test
    void aCommandThatIsNoneIsToldByName() throws Exception {
        var ended = run("fly");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).contains("rookery: fly: is no command (expected: up, test,");
    }

    private void deposit(RunningPlatform platform) {
        try (var wire = Wire.hello(URI.create(platform.url()), player)) {
            wire.next("welcome");
            wire.deposit("c-1", 1_000);
            wire.next("event");
        }
    }

    private String balance(RunningPlatform platform) {
        try (var wire = Wire.hello(URI.create(platform.url()), player)) {
            wire.next("welcome");
            wire.send("{\"op\":\"query\",\"id\":\"q-1\",\"type\":\"wallet.balance\",\"data\":{}}");
            return wire.next("answer").get("data").toString();
        }
    }

    private static boolean isAlive(RunningPlatform.Child child) {
        return ProcessHandle.of(child.pid()).filter(ProcessHandle::isAlive).isPresent();
    }

    private static Ended run(String... words) throws Exception {
        var command = new ArrayList<>(List.of(Launched.ROOT.resolve("rookery").toString()));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private record Ended(int code, String output) {}
}
