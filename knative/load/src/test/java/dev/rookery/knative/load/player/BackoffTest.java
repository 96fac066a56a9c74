package dev.rookery.knative.load.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final long SEED = 20_261_124;

    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    @ParameterizedTest
    @CsvSource({"0, 100", "1, 200", "2, 400", "5, 3200", "6, 5000", "40, 5000", "2000000000, 5000"})
    void eachAttemptUsesAllOfItsBoundAndNoMore(int attempt, long boundMillis) {
        var random = new Random(SEED);

        var delays = IntStream.range(0, 20_000)
                .mapToLong(i -> backoff.delay(attempt, random).toMillis())
                .summaryStatistics();

        assertThat(delays.getMin()).as("seed %d", SEED).isLessThan(boundMillis / 50);
        assertThat(delays.getMax()).as("seed %d", SEED).isBetween(boundMillis * 98 / 100, boundMillis);
    }

    @Test
    void whatCannotGrowIsRefused() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessage("first: PT2S (expected: > 0 and at most PT1S)");
    }
}
