package dev.rookery.knative.local.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.local.manifest.Scaling;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The rules of Knative's pod autoscaler, as its documentation and `autoscaler.go` give them.
class AutoscalerTest {

    private static final Scaling TEN_AT_A_TIME = scaling(0, 0, 1, Duration.ZERO, Duration.ZERO);

    @Test
    void asManyAreWantedAsTheAverageNeedsAtItsTarget() {
        var autoscaler = new Autoscaler(TEN_AT_A_TIME);

        assertThat(autoscaler.instances(seen(0, 35, 35, 3))).isEqualTo(4);
    }

    @Test
    void theLeastLoadWantsOne() {
        var autoscaler = new Autoscaler(TEN_AT_A_TIME);

        assertThat(autoscaler.instances(seen(0, 0.001, 0, 1))).isEqualTo(1);
    }

    @Test
    void noLoadWantsNoneOnceAWindowHasBeenSeen() {
        var autoscaler = new Autoscaler(TEN_AT_A_TIME);

        assertThat(autoscaler.instances(seen(0, 0, 0, 1))).isEqualTo(1);
        assertThat(autoscaler.instances(seen(59, 0, 0, 1))).isEqualTo(1);
        assertThat(autoscaler.instances(seen(60, 0, 0, 1))).isZero();
    }

    @Test
    void theLastOneStaysForTheRetention() {
        var autoscaler = new Autoscaler(scaling(0, 0, 1, Duration.ofSeconds(30), Duration.ZERO));

        autoscaler.instances(seen(0, 1, 1, 1));

        assertThat(autoscaler.instances(seen(100, 0, 0, 1))).isEqualTo(1);
        assertThat(autoscaler.instances(seen(129, 0, 0, 1))).isEqualTo(1);
        assertThat(autoscaler.instances(seen(130, 0, 0, 1))).isZero();
    }

    @Test
    void anEventBeginsTheRetentionAnew() {
        var autoscaler = new Autoscaler(scaling(0, 0, 1, Duration.ofSeconds(30), Duration.ZERO));
        autoscaler.instances(seen(0, 0, 0, 1));
        autoscaler.instances(seen(100, 0, 0, 1));
        autoscaler.instances(seen(120, 0.1, 0.1, 1));
        autoscaler.instances(seen(122, 0, 0, 1));

        assertThat(autoscaler.instances(seen(151, 0, 0, 1))).isEqualTo(1);
        assertThat(autoscaler.instances(seen(152, 0, 0, 1))).isZero();
    }

    @Test
    void atOnceAtMostHalfAreTakenAway() {
        var autoscaler = new Autoscaler(TEN_AT_A_TIME);

        assertThat(autoscaler.instances(seen(0, 5, 5, 8))).isEqualTo(4);
    }

    @Test
    void aBurstIsAnsweredBeforeTheLongAverageSeesIt() {
        var autoscaler = new Autoscaler(TEN_AT_A_TIME);

        assertThat(autoscaler.instances(seen(0, 8, 60, 1))).isEqualTo(6);
        assertThat(autoscaler.isUrgent()).isTrue();
    }

    @Test
    void whatIsLessThanTwiceTheReadyOnesIsNoBurst() {
        var autoscaler = new Autoscaler(TEN_AT_A_TIME);

        assertThat(autoscaler.instances(seen(0, 20, 39, 3))).isEqualTo(2);
        assertThat(autoscaler.isUrgent()).isFalse();
    }

    @Test
    void inABurstNoneAreTakenAway() {
        var autoscaler = new Autoscaler(TEN_AT_A_TIME);
        autoscaler.instances(seen(0, 8, 60, 1));

        assertThat(autoscaler.instances(seen(10, 8, 8, 6))).isEqualTo(6);
        assertThat(autoscaler.instances(seen(60, 8, 8, 6))).isEqualTo(6);
    }

    @Test
    void aBurstIsOverWhenItWasCalmForTheLongWindow() {
        var autoscaler = new Autoscaler(TEN_AT_A_TIME);
        autoscaler.instances(seen(0, 8, 60, 1));

        assertThat(autoscaler.instances(seen(61, 8, 8, 6))).isEqualTo(3);
        assertThat(autoscaler.isUrgent()).isFalse();
    }

    @Test
    void aSecondBurstDoesNotRememberTheFirst() {
        var autoscaler = new Autoscaler(TEN_AT_A_TIME);
        autoscaler.instances(seen(0, 8, 60, 1));
        autoscaler.instances(seen(61, 8, 8, 6));

        assertThat(autoscaler.instances(seen(62, 8, 30, 1))).isEqualTo(3);
    }

    @Test
    void neitherMoreNorLessThanItsBounds() {
        var autoscaler = new Autoscaler(scaling(2, 5, 1, Duration.ZERO, Duration.ZERO));

        assertThat(autoscaler.instances(seen(0, 0, 0, 2))).isEqualTo(2);
        assertThat(autoscaler.instances(seen(2, 100, 100, 2))).isEqualTo(5);
    }

    @Test
    void fromZeroSoManyAreStartedAsTheActivationScaleSays() {
        var autoscaler = new Autoscaler(scaling(0, 0, 3, Duration.ZERO, Duration.ZERO));

        assertThat(autoscaler.instances(seen(0, 0.1, 0.1, 0))).isEqualTo(3);
        assertThat(autoscaler.isUrgent()).isFalse();
        assertThat(autoscaler.instances(seen(100, 0, 0, 1))).isZero();
    }

    @Test
    void fewerAreWantedOnlyAfterTheDelay() {
        var autoscaler = new Autoscaler(scaling(0, 0, 1, Duration.ZERO, Duration.ofSeconds(10)));
        autoscaler.instances(seen(0, 40, 40, 4));

        assertThat(autoscaler.instances(seen(10, 20, 20, 4))).isEqualTo(4);
        assertThat(autoscaler.instances(seen(11, 20, 20, 4))).isEqualTo(2);
    }

    private static Autoscaler.Seen seen(int second, double stable, double urgent, int ready) {
        return new Autoscaler.Seen(Duration.ofSeconds(second).toNanos(), stable, urgent, ready);
    }

    private static Scaling scaling(int min, int max, int activation, Duration retention, Duration delay) {
        return new Scaling(
                min,
                max,
                10,
                Duration.ofSeconds(60),
                Duration.ofSeconds(6),
                2,
                retention,
                delay,
                activation,
                Duration.ZERO);
    }
}
