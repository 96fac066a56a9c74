package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.load.swarm.Count;
import dev.rookery.knative.load.swarm.Observation;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What two thousand players at two gateways see of a gateway that is killed, of gateways that are rolled, and of a
/// Redis that forgets.
class CrowdTest {

    private static final int BOUND_SECONDS = 300;

    @RegisterExtension
    static final TwoGateways gateways = new TwoGateways();

    private final Launched rookery = gateways.launched();

    @Test
    void whenAGatewayIsKilledAllPlayOnOverTheOtherFromWhereTheyWere() {
        try (var crowd = Crowd.atPlay(rookery, Crowd.LIVELY)) {
            long killed = rookery.pid("gateway-1");

            rookery.signal("gateway-1", "KILL");
            // With its port taken, the one that was killed cannot take anybody back.
            try (var _ = TakenPort.of(rookery.port())) {
                crowd.awaitCount(Count.RESUMED, Crowd.SIZE / 2);
                crowd.awaitMore(Count.COMMANDS_DONE, 100);
                crowd.awaitMore(Count.CASTS_RECEIVED, 10_000);
                var seen = crowd.finish();

                crowd.assertEveryPromiseKept(seen);
                assertThat(seen.count(Count.NOT_RESUMED)).as("%s", seen).isZero();
                assertThat(seen.count(Count.RESTARTED)).as("%s", seen).isZero();
            }
            rookery.awaitRestartOf("gateway-1", killed);
        }
    }

    @Test
    void whileTheGatewaysAreRolledNobodyIsLostAndNothingFails() throws Exception {
        try (var crowd = Crowd.atPlay(rookery, Crowd.CALM)) {
            var rolled = Launched.command("roll", "gateway", "--port", Integer.toString(rookery.port()))
                    .start();
            assertThat(rolled.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
            var seen = crowd.finish();

            assertThat(rolled.exitValue())
                    .as(new String(rolled.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isZero();
            crowd.assertEveryPromiseKept(seen);
            assertThat(seen.count(Count.NOT_RESUMED)).as("%s", seen).isZero();
            // Some by the first, then all by the second. A dial may find nobody; but whoever was connected was told.
            assertThat(seen.count(Count.DRAINED)).as("%s", seen).isGreaterThan(Crowd.SIZE);
            assertThat(seen.endings().keySet()).as("%s", seen).isSubsetOf("1000", "4000", Observation.NO_CONNECTION);
            assertThat(seen.ended("1000") + seen.ended("4000"))
                    .as("%s", seen)
                    .isLessThanOrEqualTo(seen.count(Count.DRAINED));
        }
    }

    @Test
    void whenRedisForgetsEverybodyIsToldAndNothingIsDoneTwice() {
        try (var crowd = Crowd.atPlay(rookery, Crowd.LIVELY)) {
            var backup = RedisBackup.take(rookery);
            // These are what it forgets.
            crowd.awaitMore(Count.COMMANDS_DONE, 100);

            backup.comeBack();
            crowd.awaitCount(Count.RESTARTED, Crowd.SIZE);
            crowd.awaitMore(Count.COMMANDS_DONE, 100);
            var seen = crowd.finish();

            crowd.assertEveryPromiseKept(seen);
            assertThat(seen.count(Count.RESTARTED)).as("%s", seen).isEqualTo(Crowd.SIZE);
            assertThat(seen.count(Count.NOT_RESUMED)).as("%s", seen).isEqualTo(Crowd.SIZE);
        }
    }
}
