package dev.rookery.knative.load.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OpenLoopTest {

    private static final Duration PATIENCE = Duration.ofMillis(50);

    @Test
    void everyRequestIsSentOnceAndCounted() {
        var numbers = new ArrayList<Long>();

        var step = new OpenLoop(200, Duration.ofMillis(100), PATIENCE, 100).run(number -> {
            numbers.add(number);
            return CompletableFuture.completedFuture(null);
        });

        assertThat(numbers)
                .containsExactlyElementsOf(LongStream.range(0, 20).boxed().toList());
        assertThat(step.sent()).isEqualTo(20);
        assertThat(step.latencies().count()).isEqualTo(20);
        assertThat(step.holds(Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void whatWaitsBecauseTheServerStalledHasItsWaitingInTheFigure() {
        // The first request blocks the sender until all others were to be sent: each is late by the rest of the time.
        var step = new OpenLoop(100, Duration.ofMillis(200), PATIENCE, 100).run(number -> {
            if (number == 0) {
                stall(Duration.ofMillis(400));
            }
            return CompletableFuture.completedFuture(null);
        });

        assertThat(step.latencies().count()).isEqualTo(20);
        assertThat(step.latencies().p50Micros()).isGreaterThan(200_000);
        assertThat(step.latencies().maxMicros()).isGreaterThanOrEqualTo(399_000);
    }

    @Test
    void failuresAreCountedByNameAndLeaveNoLatency() {
        var step = new OpenLoop(200, Duration.ofMillis(20), PATIENCE, 100)
                .run(number -> CompletableFuture.failedFuture(new IllegalStateException("refused")));

        assertThat(step.failures()).isEqualTo(Map.of("IllegalStateException: refused", 4L));
        assertThat(step.latencies().count()).isZero();
        assertThat(step.holds(Duration.ofMinutes(1))).isFalse();
    }

    @Test
    void whatIsNeverAnsweredIsLost() {
        var step = new OpenLoop(200, Duration.ofMillis(20), PATIENCE, 100)
                .run(number -> number == 1 ? new CompletableFuture<>() : CompletableFuture.completedFuture(null));

        assertThat(step.lost()).isEqualTo(1);
        assertThat(step.latencies().count()).isEqualTo(3);
        assertThat(step.holds(Duration.ofMinutes(1))).isFalse();
    }

    @Test
    void whenTooMuchIsUnansweredTheRestIsNotSent() {
        var step = new OpenLoop(1_000, Duration.ofSeconds(30), PATIENCE, 5).run(number -> new CompletableFuture<>());

        assertThat(step.sent()).isEqualTo(5);
        assertThat(step.intended()).isEqualTo(30_000);
        assertThat(step.isCutShort()).isTrue();
        assertThat(step.holds(Duration.ofMinutes(1))).isFalse();
    }

    @Test
    void itGoesOnUntilWhatItWaitsForIsOver() {
        var asked = new AtomicInteger();

        var step = new OpenLoop(1_000, Duration.ofMillis(5), PATIENCE, 100)
                .run(number -> CompletableFuture.completedFuture(null), () -> asked.incrementAndGet() == 4);

        assertThat(step.sent()).isEqualTo(5 + 3);
        assertThat(step.isCutShort()).isFalse();
    }

    @Test
    void whileItGoesOnTooMuchMayBeUnansweredToo() {
        var step = new OpenLoop(1_000, Duration.ofMillis(2), PATIENCE, 5)
                .run(number -> new CompletableFuture<>(), () -> false);

        assertThat(step.sent()).isEqualTo(5);
        assertThat(step.isCutShort()).isTrue();
    }

    @Test
    void answersThatComeWithinThePatienceCount() throws Exception {
        var answers = List.of(new CompletableFuture<Void>(), new CompletableFuture<Void>());
        var allSent = new CountDownLatch(2);
        try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
            other.submit(() -> {
                allSent.await();
                answers.forEach(answer -> answer.complete(null));
                return null;
            });

            var step = new OpenLoop(200, Duration.ofMillis(10), Duration.ofSeconds(30), 100).run(number -> {
                allSent.countDown();
                return answers.get((int) number);
            });

            assertThat(step.lost()).isZero();
            assertThat(step.latencies().count()).isEqualTo(2);
        }
    }

    @Test
    void aSlowAnswerInAHundredDecidesWhetherARateHolds() {
        var fast = new Latencies(100, 1_000, 1_000, 249_999, 900_000);
        var slow = new Latencies(100, 1_000, 1_000, 250_000, 900_000);

        assertThat(new Step(100, 100, 100, Map.of(), 0, fast).holds(Duration.ofMillis(250)))
                .isTrue();
        assertThat(new Step(100, 100, 100, Map.of(), 0, slow).holds(Duration.ofMillis(250)))
                .isFalse();
    }

    private static void stall(Duration length) {
        try {
            assertThat(new CountDownLatch(1).await(length.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
