package dev.rookery.knative.load.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.knative.load.player.Backoff;
import dev.rookery.knative.load.player.ScriptedGateway;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Members against a gateway that says what the test says, on real sockets.
class SwarmTest {

    private final ScriptedGateway gateway = new ScriptedGateway();
    private Swarm swarm = new Swarm(settings(1, 0));

    @AfterEach
    void closeAll() {
        swarm.close();
        gateway.close();
    }

    @Test
    void whoLosesTheConnectionResumesAndSendsAgainInOrderWhatIsUndecided() throws Exception {
        var first = welcomed("e1", 40);
        first.send(event(41, "nobody"));
        awaitCount(Count.EVENTS, 1);
        swarm.command(0, System.nanoTime());
        swarm.command(1, System.nanoTime());
        var one = first.receiveId();
        var two = first.receiveId();

        first.drop();
        var second = gateway.next();
        var resume = second.hello().path("resume");
        second.welcome("e1", 41, true);

        assertThat(resume.path("epoch").asString()).isEqualTo("e1");
        assertThat(resume.path("seq").asInt()).isEqualTo(41);
        assertThat(second.receiveId()).isEqualTo(one);
        assertThat(second.receiveId()).isEqualTo(two);
        second.decide(42, one);
        second.decide(43, two);
        awaitCount(Count.COMMANDS_DONE, 2);
        assertThat(swarm.observed().breaches()).isEmpty();
        assertThat(swarm.observed().count(Count.RESUMED)).isEqualTo(1);
        assertThat(swarm.observed().undecided()).isZero();
    }

    @Test
    void whoIsDrainedConnectsFirstAndLetsTheOldConnectionGoThen() throws Exception {
        var old = welcomed("e1", 7);
        old.send("{\"op\":\"drain\",\"reconnectInMillis\":1}");
        var next = gateway.next();
        var resume = next.hello().path("resume");

        // What the old one still brings, the new one brings again: it counts once.
        old.send(event(8, "nobody"));
        next.welcome("e1", 7, true);
        next.send(event(8, "nobody"));
        awaitCount(Count.EVENTS, 1);

        assertThat(resume.path("seq").asInt()).isEqualTo(7);
        assertThat(old.closed()).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(1000);
        assertThat(swarm.observed().breaches()).isEmpty();
        assertThat(swarm.observed().count(Count.CONNECTED)).isEqualTo(1);
    }

    @Test
    void aRepeatSettlesTheCommandAndMovesNoPosition() throws Exception {
        var client = welcomed("e1", 7);
        swarm.command(0, System.nanoTime());
        var id = client.receiveId();

        client.send("{\"op\":\"event\",\"repeat\":true,\"seq\":0,\"re\":\"" + id + "\",\"outcome\":\"done\"}");
        client.send(event(8, "nobody"));
        awaitCount(Count.EVENTS, 1);

        assertThat(swarm.observed().count(Count.COMMANDS_DONE)).isEqualTo(1);
        assertThat(swarm.observed().count(Count.REPEATS)).isEqualTo(1);
        assertThat(swarm.observed().breaches()).isEmpty();
    }

    @Test
    void whoIsWelcomedInAnotherEpochIsCountedAndFollowsThatOne() throws Exception {
        var first = welcomed("e1", 7);

        first.close(4004);
        var second = gateway.next();
        second.hello();
        second.welcome("e2", 3, false);
        second.send(event(4, "nobody"));
        awaitCount(Count.EVENTS, 1);

        assertThat(swarm.observed().count(Count.RESTARTED)).isEqualTo(1);
        assertThat(swarm.observed().count(Count.NOT_RESUMED)).isEqualTo(1);
        assertThat(swarm.observed().breaches()).isEmpty();
    }

    @Test
    void aGapIsABreachAndIsSaidOnce() throws Exception {
        var client = welcomed("e1", 0);

        client.send(event(2, "nobody"));
        client.send(event(3, "nobody"));
        awaitCount(Count.EVENTS, 2);

        assertThat(swarm.observed().count(Count.BREACHES)).isEqualTo(1);
        assertThat(swarm.observed().breaches()).containsOnlyKeys("GAP: run-0: seq: 2 (expected: 1 in epoch e1)");
    }

    @Test
    void whatIsSentBackIsSentAgainAndWhatIsRejectedIsNot() throws Exception {
        var client = welcomed("e1", 0);
        swarm.command(0, System.nanoTime());
        var id = client.receiveId();

        client.send(error(id, "busy", true));
        assertThat(client.receiveId()).isEqualTo(id);
        client.send(error(id, "unavailable", false));
        assertThat(client.receiveId()).isEqualTo(id);
        client.send(error(id, "invalid-data", false));

        awaitCount(Count.COMMANDS_REJECTED, 1);
        assertThat(swarm.observed().undecided()).isZero();
        assertThat(swarm.observed().errors().keySet()).containsExactlyInAnyOrder("busy", "unavailable", "invalid-data");
    }

    @Test
    void aRoomIsJoinedAgainFromWhereItsStreamWas() throws Exception {
        restart(1, 1);
        var first = welcomed("e1", 0);
        joined(first, 5, false);
        first.send("{\"op\":\"event\",\"room\":\"open:load-0\",\"epoch\":\"r1\",\"seq\":6,\"type\":\"t\"}");
        awaitCount(Count.ROOM_EVENTS, 1);

        swarm.cut(1.0);
        var second = gateway.next();
        second.hello();
        second.welcome("e1", 0, true);
        var since = joined(second, 6, true).path("since");
        awaitCount(Count.JOINED, 2);

        assertThat(since.path("epoch").asString()).isEqualTo("r1");
        assertThat(since.path("seq").asInt()).isEqualTo(6);
        assertThat(swarm.observed().breaches()).isEmpty();
    }

    @Test
    void aCastIsTimedWhereItArrivesAndComesOnce() throws Exception {
        restart(2, 1);
        var one = welcomed("e1", 0);
        joined(one, 0, false);
        var other = welcomed("e2", 0);
        joined(other, 0, false);
        awaitCount(Count.JOINED, 2);

        swarm.cast(0, System.nanoTime());
        var cast = one.receive();
        other.send(cast.toString());
        other.send(cast.toString());
        // The last of what becomes of the second one.
        await().untilAsserted(() -> assertThat(swarm.observed().breaches())
                .hasSize(1)
                .allSatisfy((what, often) -> assertThat(what).startsWith("CAST_REORDERED")));

        assertThat(cast.path("room").asString()).isEqualTo("open:load-0");
        assertThat(swarm.observed().count(Count.CASTS_RECEIVED)).isEqualTo(2);
        assertThat(swarm.takeTimes())
                .hasEntrySatisfying(
                        Timing.CAST, took -> assertThat(took.getTotalCount()).isEqualTo(2));
    }

    @Test
    void whoIsToldToStopDoesNotComeBack() throws Exception {
        var client = welcomed("e1", 0);

        client.close(4205);

        awaitCount(Count.STOPPED, 1);
        assertThat(swarm.observed().count(Count.DIALED)).isEqualTo(1);
        assertThat(swarm.observed().endings()).containsEntry("4205", 1L);
    }

    @Test
    void aRefusedUpgradeIsTriedAgain() throws Exception {
        gateway.refuseNextFor(1);

        var client = welcomed("e1", 0);

        assertThat(client).isNotNull();
        assertThat(swarm.observed().endings()).containsEntry("HTTP 503", 1L);
    }

    private ScriptedGateway.Client welcomed(String epoch, long seq) throws InterruptedException {
        swarm.grow();
        var client = gateway.next();
        assertThat(client.hello().has("resume")).isFalse();
        client.welcome(epoch, seq, false);
        awaitCount(Count.CONNECTED, swarm.size());
        return client;
    }

    private static JsonNode joined(ScriptedGateway.Client client, long seq, boolean resumed)
            throws InterruptedException {
        var join = client.receive();
        client.send("{\"op\":\"joined\",\"re\":\"" + join.path("id").asString()
                + "\",\"room\":\"open:load-0\",\"members\":[\"a\",\"b\"],\"epoch\":\"r1\",\"seq\":" + seq
                + ",\"resumed\":" + resumed + "}");
        return join;
    }

    private void awaitCount(Count what, long count) {
        await().untilAsserted(() ->
                assertThat(swarm.observed().count(what)).as(what.name()).isEqualTo(count));
    }

    private void restart(int size, int rooms) {
        swarm.close();
        swarm = new Swarm(settings(size, rooms));
    }

    private SwarmSettings settings(int size, int rooms) {
        return new SwarmSettings(
                List.of(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), gateway.url().getPort())),
                size,
                rooms,
                0,
                0,
                "secret",
                "run",
                1,
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(20)),
                Duration.ofSeconds(30));
    }

    private static String event(long seq, String re) {
        return "{\"op\":\"event\",\"seq\":" + seq + ",\"id\":\"e\",\"re\":\"" + re + "\",\"outcome\":\"done\"}";
    }

    private static String error(String re, String code, boolean retryable) {
        return "{\"op\":\"error\",\"re\":\"" + re + "\",\"code\":\"" + code + "\",\"retryable\":" + retryable + "}";
    }
}
