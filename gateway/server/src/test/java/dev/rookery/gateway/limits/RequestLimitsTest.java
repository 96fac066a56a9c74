package dev.rookery.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.contract.Catalog;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Lane;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {

    private static final EventType ACT = new EventType("probe.act");
    private static final EventType LOOK = new EventType("probe.look");
    private static final EventType UNKNOWN = new EventType("probe.unknown");
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RequestLimits limits = new RequestLimits(
            Catalog.of(List.of(
                    new Catalog.Entry(ACT, Lane.COMMAND, new Catalog.KeyRule.Player(), "{}", 64, 2),
                    new Catalog.Entry(LOOK, Lane.QUERY, new Catalog.KeyRule.Player(), "{}", 64, 1))),
            1,
            3,
            0);

    @Test
    void aTypeHasARateOfItsOwn() {
        assertThat(limits.take(ACT, Lane.COMMAND, 0)).isZero();
        assertThat(limits.take(ACT, Lane.COMMAND, 0)).isZero();

        assertThat(limits.take(ACT, Lane.COMMAND, 0)).isEqualTo(SECOND / 2);
        assertThat(limits.take(LOOK, Lane.QUERY, 0)).isZero();
        assertThat(limits.take(LOOK, Lane.QUERY, 0)).isEqualTo(SECOND);
    }

    @Test
    void allCommandsTogetherHaveARateButQueriesDoNotCount() {
        limits.take(UNKNOWN, Lane.COMMAND, 0);
        limits.take(LOOK, Lane.QUERY, 0);
        limits.take(ACT, Lane.COMMAND, 0);
        limits.take(ACT, Lane.COMMAND, 0);

        assertThat(limits.take(UNKNOWN, Lane.COMMAND, 0)).isEqualTo(SECOND);
    }

    @Test
    void whatItsTypeRefusesIsNotTakenFromTheCommands() {
        limits.take(ACT, Lane.COMMAND, 0);
        limits.take(ACT, Lane.COMMAND, 0);
        limits.take(ACT, Lane.COMMAND, 0);

        assertThat(limits.take(UNKNOWN, Lane.COMMAND, 0)).isZero();
    }
}
