package dev.rookery.knative.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.knative.backing.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedTest {

    @TempDir
    Path folder;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<ChildProcess> process = new AtomicReference<>();

    @Test
    void whatIsKilledIsStartedAgain() {
        try (var supervised = supervised("sleep", "600")) {
            long first = supervised.server().pid().getAsLong();

            ProcessHandle.of(first).orElseThrow().destroyForcibly();

            await().until(() -> supervised.restarts() == 1);
            assertThat(supervised.server().pid().getAsLong()).isNotEqualTo(first);
            assertThat(told).containsExactly("ended 137", "restarted");
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
                () -> start(words),
                () -> process.get().close());
        return new Supervised(server, new Supervised.Listener() {
            @Override
            public void ended(Server ended, int code) {
                told.add("ended " + code);
            }

            @Override
            public void restarted(Server restarted, Duration took) {
                told.add("restarted");
            }
        });
    }

    private void start(String... words) {
        process.set(ChildProcess.start(
                new ChildProcess.Command("probe", List.of(words), Map.of(), folder, "TERM", Duration.ofSeconds(2))));
    }
}
