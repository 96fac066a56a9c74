package dev.rookery.knative.local.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    @Test
    void exponentialWaitsDouble() {
        assertThat(waits(Delivery.Backoff.EXPONENTIAL)).containsExactly(200L, 400L, 800L, 1_600L);
    }

    @Test
    void linearWaitsGrowByTheDelay() {
        assertThat(waits(Delivery.Backoff.LINEAR)).containsExactly(200L, 400L, 600L, 800L);
    }

    private static long[] waits(Delivery.Backoff policy) {
        var delivery = new Delivery(4, policy, Duration.ofMillis(200), Duration.ofSeconds(30), "dead-letters");
        return IntStream.range(0, 4)
                .mapToLong(retries -> delivery.waitBefore(retries).toMillis())
                .toArray();
    }
}
