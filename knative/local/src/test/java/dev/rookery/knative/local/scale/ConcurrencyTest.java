package dev.rookery.knative.local.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

    private static final Offset<Double> EXACTLY = within(1e-9);
    private static final Duration SIX = Duration.ofSeconds(6);
    private static final Duration SIXTY = Duration.ofSeconds(60);

    private long nanos;
    private final Concurrency load = new Concurrency(() -> nanos, SIXTY);

    @Test
    void whatIsThereAllTheTimeIsTheAverage() {
        load.enter();
        load.enter();
        seconds(10);

        assertThat(load.average(SIX)).isEqualTo(2, EXACTLY);
    }

    @Test
    void whatWasThereHalfOfTheTimeCountsHalf() {
        load.enter();
        seconds(5);
        load.leave();
        seconds(5);

        assertThat(load.average(SIXTY)).isEqualTo(0.5, EXACTLY);
    }

    @Test
    void whatLiesBeforeTheWindowDoesNotCount() {
        load.enter();
        seconds(10);
        load.leave();
        seconds(6);

        assertThat(load.average(SIX)).isEqualTo(0, EXACTLY);
        assertThat(load.average(SIXTY)).isEqualTo(10.0 / 16, EXACTLY);
    }

    @Test
    void afterALongTimeOnlyAWindowIsRemembered() {
        for (int second = 0; second < 1_000; second++) {
            seconds(1);
        }
        load.enter();
        seconds(30);

        assertThat(load.average(SIXTY)).isEqualTo(0.5, EXACTLY);
    }

    @Test
    void atItsBeginningItIsWhatIsThere() {
        load.enter();

        assertThat(load.average(SIX)).isEqualTo(1, EXACTLY);
    }

    private void seconds(int seconds) {
        for (int second = 0; second < seconds; second++) {
            nanos += Duration.ofSeconds(1).toNanos();
            load.mark();
        }
    }
}
