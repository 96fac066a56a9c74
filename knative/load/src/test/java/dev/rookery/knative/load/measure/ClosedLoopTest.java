package dev.rookery.knative.load.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ClosedLoopTest {

    private final ClosedLoop loop = new ClosedLoop(Duration.ofMillis(100));

    @Test
    void whatIsAnsweredBeforeItCountsDoesNotCount() {
        var asked = new AtomicLong();

        var speed = loop.run(List.of(asked::incrementAndGet));

        assertThat(speed.latencies().count()).isPositive().isLessThan(asked.get());
        assertThat(speed.perSecond()).isEqualTo(speed.latencies().count() * 10.0);
    }

    @Test
    void aFirstAnswerThatTakesLongerThanTheWholeMeasurementDoesNotSpoilIt() {
        var asked = new AtomicLong();
        var never = new CountDownLatch(1);

        var speed = loop.run(List.of(() -> {
            if (asked.getAndIncrement() == 0) {
                assertThat(never.await(300, TimeUnit.MILLISECONDS)).isFalse();
            }
        }));

        assertThat(speed.latencies().count()).isPositive();
    }

    @Test
    void connectionsAskAtTheSameTime() {
        // Neither is ever answered unless both are asking.
        var both = new CyclicBarrier(2);
        var asked = new AtomicLong();
        ClosedLoop.Ask together = () -> {
            if (asked.getAndIncrement() < 2) {
                both.await(60, TimeUnit.SECONDS);
            }
        };

        var speed = loop.run(List.of(together, together));

        assertThat(both.isBroken()).isFalse();
        assertThat(speed.latencies().count()).isPositive();
    }

    @Test
    void aFailureSpoilsTheFigure() {
        assertThatThrownBy(() -> loop.run(List.of(() -> {
                    throw new IOException("reset");
                })))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("reset");
    }
}
