package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.Lsn;
import dev.rookery.eventing.contract.PlayerId;
import io.lettuce.core.KillArgs;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A player may hold one session, whichever of two pods it is on.
class TwoGatewaysTest {

    @RegisterExtension
    static final RunningGateway one = RunningGateway.with();

    @RegisterExtension
    static final RunningGateway two = RunningGateway.with("ROOKERY_GATEWAY_ID=two");

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());

    @Test
    void aNewerSessionOnAnotherPodClosesTheOlder() {
        try (var older = one.welcome(player);
                var newer = two.welcome(player)) {
            assertThat(older.closeCode()).isEqualTo(4205);
            newer.assertSilent();
        }
    }

    @Test
    void aPlayerMayGoBackAndForth() {
        try (var first = one.welcome(player);
                var second = two.welcome(player)) {
            assertThat(first.closeCode()).isEqualTo(4205);
            try (var third = one.welcome(player)) {
                assertThat(second.closeCode()).isEqualTo(4205);
                third.assertSilent();
            }
        }
    }

    @RepeatedTest(5)
    void ofTwoThatOpenAtTheSameMomentOneStays() {
        try (var here = one.connect();
                var there = two.connect()) {
            here.send(RunningGateway.hello(player));
            there.send(RunningGateway.hello(player));

            await().until(() -> here.isClosed() || there.isClosed());

            var closed = here.isClosed() ? here : there;
            var open = here.isClosed() ? there : here;
            assertThat(closed.closeCode()).isEqualTo(4205);
            assertThat(open.isWelcome()).isTrue();
            open.assertSilent();
        }
    }

    /// Nobody tells it: its connection to Redis was gone just then.
    @Test
    void aPodThatMissedANewerSessionLooksAgain() {
        try (var older = one.welcome(player)) {
            awaitClaim();
            one.backing().redisConnection().sync().hset(claim(), "number", Long.toString(Long.MAX_VALUE / 2_000));
            older.assertSilent();

            loseChannels();

            assertThat(older.closeCode()).isEqualTo(4205);
        }
    }

    @Test
    void whenRedisHasForgottenTheNewestStillStays() {
        try (var older = one.welcome(player)) {
            awaitClaim();
            one.backing().redisConnection().sync().del(claim());
            try (var newer = two.welcome(player)) {
                awaitClaim();
                older.assertSilent();

                loseChannels();

                assertThat(older.closeCode()).isEqualTo(4205);
                newer.assertSilent();
            }
        }
    }

    @Test
    void whoLeavesLeavesNoClaimBehind() {
        try (var client = one.welcome(player)) {
            awaitClaim();
            client.assertSilent();
        }

        await().until(() -> one.backing().redisConnection().sync().exists(claim()) == 0);
    }

    /// Neither who resumes, and missed nothing, nor who comes afresh is told of the outcome again.
    @Test
    void onAnotherPodAQueryStillNamesWhereTheOutcomeWasCommitted() {
        var probe = one.probe();
        try (var here = one.welcome(player)) {
            here.act("c-1").next("accepted");
            probe.decide(probe.next(player), Lsn.ofPostgres("10/0"));
            here.next("event");
        }
        var position = probe.position(player);

        try (var resumed = two.connect()) {
            resumed.send(RunningGateway.resume(player, position.epoch(), position.seq()));
            resumed.next("welcome");
            resumed.look("q-1");
            assertThat(probe.next(player).header("ce_lsn")).isEqualTo("0000001000000000");
        }
        try (var afresh = two.welcome(player)) {
            afresh.look("q-2");
            assertThat(probe.next(player).header("ce_lsn")).isEqualTo("0000001000000000");
        }
    }

    private String claim() {
        return "rookery:{" + player + "}:claim";
    }

    private void awaitClaim() {
        await().until(() -> one.backing().redisConnection().sync().exists(claim()) == 1);
    }

    private static void loseChannels() {
        one.backing().redisConnection().sync().clientKill(KillArgs.Builder.typePubsub());
    }
}
