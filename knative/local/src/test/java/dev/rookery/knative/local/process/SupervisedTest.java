package dev.rookery.knative.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.knative.backing.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedTest {

    private static final int BOUND_SECONDS = 60;

    @TempDir
    Path folder;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<ChildProcess> process = new AtomicReference<>();
    private final AtomicInteger starts = new AtomicInteger();

    @Test
    void whatIsKilledIsStartedAgain() {
        try (var supervised = supervised("sleep", "600")) {
            long first = supervised.server().pid().getAsLong();

            ProcessHandle.of(first).orElseThrow().destroyForcibly();

            await().untilAsserted(() -> assertThat(told).containsExactly("ended 137", "restarted"));
            assertThat(supervised.server().pid().getAsLong()).isNotEqualTo(first);
            assertThat(supervised.restarts()).isEqualTo(1);
        }
    }

    @Test
    void whatEndsAgainAndAgainIsStartedAgainAndAgain() {
        try (var supervised = supervised("sh", "-c", "exit 3")) {
            await().until(() -> supervised.restarts() >= 3);

            assertThat(told).startsWith("ended 3", "restarted", "ended 3", "restarted");
        }
    }

    @Test
    void whatCannotBeStartedForAWhileIsTriedAgain() throws IOException {
        var log = folder.resolve("probe.log");
        try (var supervised = supervised("sleep", "600")) {
            Files.delete(log);
            Files.createDirectory(log);
            ProcessHandle.of(supervised.server().pid().getAsLong())
                    .orElseThrow()
                    .destroyForcibly();
            await().until(() -> starts.get() >= 3);

            Files.delete(log);

            await().until(() -> told.contains("restarted"));
        }
    }

    @Test
    void whatIsRolledEndsInOrderAndIsNoCrash() {
        try (var supervised = supervised("sh", "-c", "trap 'exit 0' TERM; while true; do sleep 0.1; done")) {
            long first = supervised.server().pid().getAsLong();

            supervised.roll().orTimeout(BOUND_SECONDS, TimeUnit.SECONDS).join();

            assertThat(supervised.server().pid().getAsLong()).isNotEqualTo(first);
            assertThat(ProcessHandle.of(first).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(told).containsExactly("rolling", "restarted");
            assertThat(supervised.restarts()).isZero();
        }
    }

    @Test
    void whatIsRolledAndDoesNotEndIsKilled() {
        var begun = folder.resolve("begun");
        try (var supervised =
                supervised("sh", "-c", "trap '' TERM; touch " + begun + "; while true; do sleep 0.1; done")) {
            await().until(() -> Files.exists(begun));
            long first = supervised.server().pid().getAsLong();

            supervised.roll().orTimeout(BOUND_SECONDS, TimeUnit.SECONDS).join();

            assertThat(ProcessHandle.of(first).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    @Test
    void whatWasRolledIsWatchedOn() {
        try (var supervised = supervised("sleep", "600")) {
            supervised.roll().orTimeout(BOUND_SECONDS, TimeUnit.SECONDS).join();
            supervised.roll().orTimeout(BOUND_SECONDS, TimeUnit.SECONDS).join();

            ProcessHandle.of(supervised.server().pid().getAsLong())
                    .orElseThrow()
                    .destroyForcibly();

            await().until(() -> supervised.restarts() == 1);
            assertThat(told).startsWith("rolling", "restarted", "rolling", "restarted", "ended 137");
        }
    }

    @Test
    void whatIsClosedAmidARollEndsForGoodAndInOrder() {
        var begun = folder.resolve("begun");
        var ended = folder.resolve("ended");
        var supervised = supervised(
                "sh",
                "-c",
                "trap 'sleep 0.5; touch " + ended + "; exit 0' TERM; touch " + begun
                        + "; while true; do sleep 0.1; done");
        // Before that it ends at once when it is told to.
        await().until(() -> Files.exists(begun));
        var roll = supervised.roll();
        await().until(() -> told.contains("rolling"));

        supervised.close();

        assertThat(process.get().isAlive()).isFalse();
        assertThat(ended).exists();
        assertThat(told).containsExactly("rolling");
        assertThatThrownBy(roll.orTimeout(BOUND_SECONDS, TimeUnit.SECONDS)::join)
                .hasMessageContaining("probe has been ended");
        assertThat(supervised.roll()).isCompletedExceptionally();
    }

    @Test
    void whatIsClosedEndsForGood() {
        var supervised = supervised("sleep", "600");

        supervised.close();

        assertThat(process.get().isAlive()).isFalse();
        assertThat(told).isEmpty();
        assertThat(supervised.restarts()).isZero();
    }

    private Supervised supervised(String... words) {
        start(words);
        var server = new Server(
                "probe",
                0,
                "",
                () -> process.get().pid(),
                () -> process.get().onExit(),
                () -> process.get().stop(),
                () -> start(words),
                () -> process.get().close());
        return new Supervised(server, new Supervised.Listener() {
            @Override
            public void ended(Server ended, int code) {
                told.add("ended " + code);
            }

            @Override
            public void rolling(Server rolled) {
                told.add("rolling");
            }

            @Override
            public void restarted(Server restarted, Duration took) {
                told.add("restarted");
            }
        });
    }

    private void start(String... words) {
        starts.incrementAndGet();
        process.set(ChildProcess.start(
                new ChildProcess.Command("probe", List.of(words), Map.of(), folder, "TERM", Duration.ofSeconds(2))));
    }
}
