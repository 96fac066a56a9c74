package dev.rookery.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /// Clocks of this kind begin anywhere.
    private final long begin = Long.MAX_VALUE - 5 * MILLI;

    @Test
    void theBurstIsThereAtOnceAndNoMore() {
        var bucket = new TokenBucket(10, 2, begin);

        assertThat(bucket.take(begin)).isTrue();
        assertThat(bucket.take(begin)).isTrue();
        assertThat(bucket.take(begin)).isFalse();
        assertThat(bucket.nanosUntilOne(begin)).isEqualTo(100 * MILLI);
    }

    @Test
    void whatIsRefusedCostsNothing() {
        var bucket = new TokenBucket(10, 1, begin);
        bucket.take(begin);

        assertThat(bucket.take(begin + 99 * MILLI)).isFalse();
        assertThat(bucket.take(begin + 100 * MILLI)).isTrue();
    }

    @Test
    void whatIsNotUsedIsKeptUpToTheBurst() {
        var bucket = new TokenBucket(10, 2, begin);
        long later = begin + TimeUnit.HOURS.toNanos(1);

        assertThat(bucket.take(later)).isTrue();
        assertThat(bucket.take(later)).isTrue();
        assertThat(bucket.take(later)).isFalse();
    }

    @Test
    void whatIsOwedComesInFirst() {
        var bucket = new TokenBucket(10, 2, begin);
        bucket.owe(5, begin);

        assertThat(bucket.nanosUntilNoneOwed(begin)).isEqualTo(300 * MILLI);
        assertThat(bucket.nanosUntilOne(begin)).isEqualTo(400 * MILLI);
        assertThat(bucket.nanosUntilNoneOwed(begin + 300 * MILLI)).isZero();
        assertThat(bucket.isHalfFull(begin + 399 * MILLI)).isFalse();
        assertThat(bucket.isHalfFull(begin + 400 * MILLI)).isTrue();
    }

    @Test
    void aClockThatStandsStillGivesNothing() {
        var bucket = new TokenBucket(10, 1, begin);
        bucket.take(begin);

        assertThat(bucket.take(begin - MILLI)).isFalse();
        assertThat(bucket.nanosUntilOne(begin)).isEqualTo(100 * MILLI);
    }

    @Test
    void overATimeNobodyGetsMoreThanTheBurstAndTheRate() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var bucket = new TokenBucket(50, 7, begin);
        long now = begin;
        long taken = 0;
        while (now - begin < TimeUnit.SECONDS.toNanos(20)) {
            now += random.nextLong(30 * MILLI);
            for (int i = random.nextInt(5); i > 0; i--) {
                taken += bucket.take(now) ? 1 : 0;
            }
        }

        assertThat(taken).as("seed %d", seed).isBetween(900L, 7 + 50 * 21L);
    }

    @Test
    void aRateOfNothingIsNoRate() {
        assertThatThrownBy(() -> new TokenBucket(0, 1, begin)).hasMessage("perSecond: 0.0 (expected: > 0)");
        assertThatThrownBy(() -> new TokenBucket(1, 0, begin)).hasMessage("burst: 0 (expected: >= 1)");
    }
}
