package dev.rookery.eventing.delivery;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwakeChoresTest {

    private static final Duration SOON = Duration.ofMillis(10);

    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void choresAreRunAgainAndAgainWithoutTheTimer() {
        try (var _ = new AwakeChores(chores(), SOON)) {
            await().until(() -> runs.get() >= 3);
        }
    }

    private Chores chores() {
        return new Chores(List.of(new Failing(runs)), new SimpleMeterRegistry());
    }

    /// That one fails ends nothing.
    private record Failing(AtomicInteger runs) implements Chore {

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public void run() {
            runs.incrementAndGet();
            throw new IllegalStateException("for the test");
        }
    }
}
