package dev.rookery.knative.load.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CastOrderTest {

    private final CastOrder order = new CastOrder();

    @Test
    void aCastThatDoesNotComeIsMissedAndNoBreach() {
        assertThat(order.cast(3, CastOrder.number(1, 1))).isNull();
        assertThat(order.cast(3, CastOrder.number(1, 4))).isNull();

        assertThat(order.takeMissed()).isEqualTo(2);
        assertThat(order.takeMissed()).isZero();
    }

    @Test
    void theSameCastTwiceAndAnOlderOneAreBreaches() {
        order.cast(0, CastOrder.number(1, 5));

        assertThat(order.cast(0, CastOrder.number(1, 5))).isNotNull();
        assertThat(order.cast(0, CastOrder.number(1, 4))).isNotNull();
    }

    @Test
    void sendersAreNotComparedWithEachOther() {
        order.cast(0, CastOrder.number(1, 5));

        assertThat(order.cast(1, CastOrder.number(1, 1))).isNull();
    }

    @Test
    void whatASenderSaidOverAnOldConnectionMayBeOvertaken() {
        order.cast(0, CastOrder.number(2, 6));

        assertThat(order.cast(0, CastOrder.number(1, 5))).isNull();
        assertThat(order.takeMissed()).isZero();
    }
}
