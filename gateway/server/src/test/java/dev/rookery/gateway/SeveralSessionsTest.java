package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Where a player may be connected several times.
class SeveralSessionsTest {

    @RegisterExtension
    static final RunningGateway gateway =
            RunningGateway.with("rookery.session.per-player=several", "rookery.stream.ack-grace=0s");

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());
    private final Probe probe = gateway.probe();

    @Test
    void eachSessionGetsEveryEventButOnlyWhoAskedGetsTheAnswer() {
        try (var one = gateway.welcome(player);
                var other = gateway.welcome(player)) {
            one.act("c-1").look("q-1");
            one.next("accepted");
            probe.decideNext(player);
            probe.answer(probe.next(player), "{}");

            assertThat(one.nextText()).isEqualTo(other.nextText()).contains("\"seq\":1");
            one.next("answer");
            one.assertSilent();
            other.assertSilent();
        }
    }

    @Test
    void whatIsDecidedOverOneGatewayIsTheSameEventOverAnother() throws Exception {
        try (var second = gateway.start(List.of("rookery.session.per-player=several"));
                var one = gateway.welcome(player);
                var other = RunningGateway.welcome(player, RunningGateway.portOf(second))) {
            one.act("c-1").next("accepted");
            probe.decideNext(player);

            assertThat(other.nextText()).isEqualTo(one.nextText()).contains("\"seq\":1");
        }
    }

    @Test
    void whatOneSessionAcknowledgesStaysForTheOthers() {
        var start = probe.position(player);
        probe.push(player, 1, "{}");
        try (var one = gateway.connect();
                var other = gateway.connect()) {
            one.send(RunningGateway.resume(player, start.epoch(), 0));
            one.next("welcome");
            one.next("event");
            one.send("{\"op\":\"ack\",\"seq\":1}").send("{\"op\":\"ping\"}");
            one.next("pong");

            other.send(RunningGateway.resume(player, start.epoch(), 0));

            assertThat(other.next("welcome").path("resumed").asBoolean(false)).isTrue();
            assertThat(other.next("event").path("seq").asLong()).isEqualTo(1);
        }
    }

    @Test
    void commandsWithTheSameKeyWaitForEachOtherAcrossSessions() {
        try (var one = gateway.welcome(player);
                var other = gateway.welcome(player)) {
            one.move("c-1", "t-1");
            one.next("accepted");
            other.move("c-2", "t-1").move("c-3", "t-2");

            var first = probe.next(player);
            var independent = probe.next(player);
            probe.decide(first);

            assertThat(first.id()).isEqualTo("c-1");
            assertThat(independent.id()).isEqualTo("c-3");
            assertThat(probe.next(player).id()).isEqualTo("c-2");
        }
    }

    @Test
    void whoAsksAgainIsToldAgainAndNobodyElse() {
        try (var one = gateway.welcome(player);
                var other = gateway.welcome(player)) {
            one.act("c-1");
            one.next("accepted");
            probe.decideNext(player);
            one.next("event");
            other.next("event");

            other.act("c-1");
            other.next("accepted");
            probe.decideNext(player);

            assertThat(other.next("event").path("repeat").asBoolean(false)).isTrue();
            one.assertSilent();
        }
    }

    @Test
    void whatASessionHadWaitingGoesWithIt() {
        try (var one = gateway.welcome(player)) {
            one.act("c-1");
            one.next("accepted");
            var first = probe.next(player);
            var other = gateway.welcome(player);
            other.act("c-2").assertSilent();
            double open = gateway.open();
            other.close();
            await().until(() -> gateway.open() < open);
            one.act("c-3");

            probe.decide(first);

            assertThat(probe.next(player).id()).isEqualTo("c-3");
        }
    }
}
