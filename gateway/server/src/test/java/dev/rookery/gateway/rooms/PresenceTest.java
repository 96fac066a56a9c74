package dev.rookery.gateway.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.contract.PlayerId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final PlayerId ONE = new PlayerId("p-1");
    private static final PlayerId TWO = new PlayerId("p-2");

    private final Presence presence = new Presence();

    @Test
    void whoCameAndWhoWentIsToldTogetherAndOnce() {
        presence.joined(ONE);
        presence.left(TWO);

        assertThat(presence.take()).isEqualTo(new Presence.Change(Set.of(ONE), Set.of(TWO)));
        assertThat(presence.isEmpty()).isTrue();
    }

    @Test
    void whoCameAndWentAgainIsNotWorthTelling() {
        presence.joined(ONE);
        presence.left(ONE);
        presence.left(TWO);
        presence.joined(TWO);

        assertThat(presence.isEmpty()).isTrue();
    }
}
