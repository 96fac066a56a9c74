package dev.rookery.knative.load.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.knative.load.player.Backoff;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SwarmSettingsTest {

    @Test
    void roomsAndTheirSendersTakeTurns() {
        var settings = settings(7, 3, 0);

        var senders = IntStream.range(0, 7).map(settings::sender).boxed().toList();

        assertThat(senders).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(settings.room(4)).isEqualTo("open:load-1");
        assertThat(settings.slot(4)).isEqualTo(1);
    }

    @Test
    void theMembersOfEachRoomAreSpreadOverTheGateways() {
        var gateways = List.of(here(1), here(2));
        var settings = settings(gateways, 8, 2, 0);

        var ports = IntStream.range(0, 8)
                .mapToObj(member -> settings.gateway(member, 0).getPort())
                .toList();

        // The even ones are in one room, the odd ones in the other.
        assertThat(ports).containsExactly(1, 2, 2, 1, 1, 2, 2, 1);
        assertThat(settings.gateway(0, 1).getPort()).isEqualTo(2);
    }

    @Test
    void aLargeRoomHasNoMoreSendersThanCanBeRemembered() {
        var settings = settings(1_000, 1, 0);

        var slots = new HashSet<Integer>();
        for (long cast = 0; cast < 2_000; cast++) {
            slots.add(settings.slot(settings.sender(cast)));
        }

        assertThat(slots).hasSize(SwarmSettings.SENDERS);
    }

    @Test
    void aboutTheGivenShareStalls() {
        var settings = settings(2_000, 1, 5);

        assertThat(IntStream.range(0, 2_000).filter(settings::isStalled)).hasSize(100);
    }

    @Test
    void whatCannotBeIsRefusedInWords() {
        assertThatThrownBy(() -> settings(0, 0, 0)).hasMessage("connections: 0 (expected: 1..19000)");
        assertThatThrownBy(() -> settings(2, 3, 0)).hasMessage("rooms: 3 (expected: 0..2)");
        assertThatThrownBy(() -> settings(2, 1, 101)).hasMessage("stalled: 101 % (expected: 0..100)");
    }

    static SwarmSettings settings(int size, int rooms, int stalledPercent) {
        return settings(List.of(here(1)), size, rooms, stalledPercent);
    }

    private static SwarmSettings settings(List<InetSocketAddress> gateways, int size, int rooms, int stalledPercent) {
        return new SwarmSettings(
                gateways,
                size,
                rooms,
                stalledPercent,
                0,
                "secret",
                "run",
                1,
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)),
                Duration.ofSeconds(30));
    }

    private static InetSocketAddress here(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
