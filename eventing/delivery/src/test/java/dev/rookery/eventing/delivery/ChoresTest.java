package dev.rookery.eventing.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChoresTest {

    private final List<String> done = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void whenAllAreDoneTheTimerIsAnsweredSo() {
        assertThat(chores(doing("a"), doing("b")).run()).isEqualTo(new Verdict.Delivered());

        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void oneThatFailsKeepsNoOtherFromBeingRun() {
        chores(failing("a"), doing("b")).run();

        assertThat(done).containsExactly("b");
    }

    @Test
    void theTimerIsToldWhichFailedAndWhy() {
        assertThat(chores(failing("a"), doing("b"), failing("c")).run())
                .isEqualTo(new Verdict.Later("a: java.lang.IllegalStateException: asked to throw;"
                        + " c: java.lang.IllegalStateException: asked to throw"));
    }

    @Test
    void runsAreCountedByNameAndOutcome() {
        var chores = chores(failing("a"), doing("b"));

        chores.run();
        chores.run();

        assertThat(counted("a", "failed")).isEqualTo(2);
        assertThat(counted("b", "done")).isEqualTo(2);
    }

    private Chores chores(Chore... chores) {
        return new Chores(List.of(chores), meters);
    }

    private long counted(String chore, String outcome) {
        return meters.timer("rookery.chore", "chore", chore, "outcome", outcome).count();
    }

    private Chore doing(String name) {
        return new Scripted(name, () -> done.add(name));
    }

    private static Chore failing(String name) {
        return new Scripted(name, () -> {
            throw new IllegalStateException("asked to throw");
        });
    }

    private record Scripted(String name, Runnable work) implements Chore {

        @Override
        public void run() {
            work.run();
        }
    }
}
