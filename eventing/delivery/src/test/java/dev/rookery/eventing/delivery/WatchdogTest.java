package dev.rookery.eventing.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private static final long PATIENCE = 60;

    @Test
    void aDeliveryThatHangsEndsTheProcess() {
        var ended = new CountDownLatch(1);
        try (var watchdog = new Watchdog(Duration.ofMillis(50), ended::countDown)) {
            assertThat(watchdog.watched(() -> isOver(ended))).isTrue();
        }
    }

    @Test
    void oneThatEndsIsForgotten() {
        var ended = new CountDownLatch(1);
        try (var watchdog = new Watchdog(Duration.ofDays(1), ended::countDown)) {
            assertThat(watchdog.watched(watchdog::running)).isEqualTo(1);

            assertThat(watchdog.running()).isZero();
        }
    }

    private static boolean isOver(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
