package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What a client that comes back is given, and what one that stays is spared.
class ResumeTest {

    @RegisterExtension
    static final RunningGateway gateway = RunningGateway.with("rookery.stream.ack-grace=0s");

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());
    private final Probe probe = gateway.probe();

    @Test
    void whoComesBackGetsWhatItMissedInOrderAndThenWhatIsNew() {
        var position = afterOne();
        probe.push(player, 3, "{}");

        try (var client = gateway.connect()) {
            var welcome = resume(client, position);
            probe.push(player, 1, "{}");

            assertThat(welcome.path("resumed").asBoolean(false)).isTrue();
            assertThat(welcome.path("epoch").asString()).isEqualTo(position.epoch());
            assertThat(welcome.path("seq").asLong()).isEqualTo(1);
            for (int seq = 2; seq <= 5; seq++) {
                assertThat(client.next("event").path("seq").asLong()).isEqualTo(seq);
            }
            client.assertSilent();
        }
    }

    @Test
    void whoMissedNothingIsGivenNothing() {
        var position = afterOne();

        try (var client = gateway.connect()) {
            assertThat(resume(client, position).path("resumed").asBoolean(false))
                    .isTrue();
            client.assertSilent();
        }
    }

    /// Longer than what is read at a time.
    @Test
    void aLongHistoryIsGivenToItsEnd() {
        var position = afterOne();
        probe.push(player, 1_200, "{}");

        try (var client = gateway.connect()) {
            resume(client, position);

            for (int seq = 2; seq <= 1_201; seq++) {
                assertThat(client.next("event").path("seq").asLong()).isEqualTo(seq);
            }
            client.assertSilent();
        }
    }

    @Test
    void whatAClientAcknowledgedIsForgotten() {
        var start = probe.position(player);
        try (var client = gateway.welcome(player)) {
            probe.push(player, 3, "{}");
            client.next("event");
            client.next("event");
            client.next("event");
            client.send("{\"op\":\"ack\",\"seq\":2}").send("{\"op\":\"ping\"}");
            client.next("pong");
        }

        // Nobody is told when an ack has been heard.
        await().until(() -> !resumes(new Position(start.epoch(), 1)));
        try (var client = gateway.connect()) {
            assertThat(resume(client, new Position(start.epoch(), 2))
                            .path("resumed")
                            .asBoolean(false))
                    .isTrue();
            assertThat(client.next("event").path("seq").asLong()).isEqualTo(3);
        }
    }

    @Test
    void whoAsksForNothingGoesOnFromWhereTheStreamIs() {
        afterOne();

        try (var client = gateway.connect()) {
            client.send(RunningGateway.hello(player));

            var welcome = client.next("welcome");

            assertThat(welcome.path("resumed").asBoolean(true)).isFalse();
            assertThat(welcome.path("seq").asLong()).isEqualTo(1);
            probe.push(player, 1, "{}");
            assertThat(client.next("event").path("seq").asLong()).isEqualTo(2);
        }
    }

    @Test
    void aPositionThatTheStreamNeverHadIsNotResumed() {
        var position = afterOne();

        assertNotResumed(new Position("another", 1));
        assertNotResumed(new Position(position.epoch(), 2));
    }

    @Test
    void afterAFlushNothingIsResumedAndTheNextEventComes() {
        var position = afterOne();

        gateway.backing().redisConnection().sync().flushall();

        try (var client = gateway.connect()) {
            var welcome = resume(client, position);
            probe.push(player, 1, "{}");
            assertThat(welcome.path("resumed").asBoolean(true)).isFalse();
            assertThat(welcome.path("epoch").asString()).isNotEqualTo(position.epoch());
            assertThat(welcome.path("seq").asLong(-1)).isZero();
            assertThat(client.next("event").path("seq").asLong()).isEqualTo(1);
        }
    }

    /// The numbers begin anew, so what is next by its number is not what comes next.
    @Test
    void aLiveStreamWhoseNumberingEndsIsAGap() {
        try (var client = gateway.welcome(player)) {
            probe.push(player, 1, "{}");
            client.next("event");

            gateway.backing().redisConnection().sync().flushall();
            probe.push(player, 2, "{}");

            assertThat(client.closeCode()).isEqualTo(4004);
        }
    }

    @Test
    void whatWasPublishedWhileNobodyListenedIsReadWhenTheChannelIsBack() {
        try (var client = gateway.welcome(player)) {
            probe.push(player, 1, "{}");
            client.next("event");

            probe.pushWhileNobodyListens(player, 5);

            for (int seq = 2; seq <= 6; seq++) {
                assertThat(client.next("event").path("seq").asLong()).isEqualTo(seq);
            }
            probe.push(player, 1, "{}");
            assertThat(client.next("event").path("seq").asLong()).isEqualTo(7);
            client.assertSilent();
        }
    }

    @Test
    void anOutcomeThatNobodyHeardLetsTheNextCommandGo() {
        try (var client = gateway.welcome(player)) {
            probe.push(player, 1, "{}");
            client.next("event");
            client.act("c-1").act("c-2");
            client.next("accepted");

            probe.decideWhileNobodyListens(probe.next(player));

            assertThat(probe.next(player).id()).isEqualTo("c-2");
        }
    }

    /// What a client does that was cut off: it sends again, in order, what it has no event for.
    @Test
    void afterAReconnectWhatIsSentAgainTakesEffectOnceAndInOrder() {
        var client = gateway.welcome(player);
        client.act("c-1").act("c-2");
        client.next("accepted");
        var first = probe.next(player);
        client.close();
        await().until(() -> !gateway.follows(player));
        probe.decide(first);

        try (var again = gateway.welcome(player)) {
            again.act("c-1").act("c-2");
            probe.decideNext(player);
            assertThat(probe.decideNext(player).id()).isEqualTo("c-2");

            assertThat(again.next("accepted").path("id").asString()).isEqualTo("c-1");
            var repeat = again.next("event");
            assertThat(repeat.path("re").asString()).isEqualTo("c-1");
            assertThat(repeat.path("repeat").asBoolean(false)).isTrue();
            assertThat(again.next("accepted").path("id").asString()).isEqualTo("c-2");
            assertThat(again.next("event").has("repeat")).isFalse();
        }
    }

    /// Comes and goes at random while events come at random.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyEventComesOnceAndInOrderHoweverOftenTheClientComesBack(long seed) {
        var random = new Random(seed);
        var client = gateway.connect();
        client.send(RunningGateway.hello(player));
        var epoch = client.next("welcome").path("epoch").asString();
        long pushed = 0;
        long seen = 0;

        for (int i = 0; i < 60; i++) {
            int events = random.nextInt(8);
            probe.push(player, events, "{}");
            pushed += events;
            for (long stop = seen + random.nextLong(pushed - seen + 1); seen < stop; seen++) {
                assertThat(client.next("event").path("seq").asLong())
                        .as("seed %d, round %d", seed, i)
                        .isEqualTo(seen + 1);
            }
            if (random.nextInt(3) == 0) {
                if (random.nextBoolean()) {
                    client.close();
                }
                client = gateway.connect();
                assertThat(resume(client, new Position(epoch, seen))
                                .path("resumed")
                                .asBoolean(false))
                        .as("seed %d, round %d", seed, i)
                        .isTrue();
            }
        }

        for (; seen < pushed; seen++) {
            assertThat(client.next("event").path("seq").asLong())
                    .as("seed %d", seed)
                    .isEqualTo(seen + 1);
        }
        client.assertSilent();
        client.close();
    }

    /// The position of a client that saw one event and left.
    private Position afterOne() {
        try (var client = gateway.welcome(player)) {
            probe.push(player, 1, "{}");
            client.next("event");
        }
        return new Position(probe.position(player).epoch(), 1);
    }

    private JsonNode resume(Client client, Position position) {
        client.send(RunningGateway.resume(player, position.epoch(), position.seq()));
        return client.next("welcome");
    }

    private boolean resumes(Position position) {
        try (var client = gateway.connect()) {
            return resume(client, position).path("resumed").asBoolean();
        }
    }

    private void assertNotResumed(Position position) {
        try (var client = gateway.connect()) {
            var welcome = resume(client, position);

            assertThat(welcome.path("resumed").asBoolean(true)).isFalse();
            assertThat(welcome.path("seq").asLong()).isEqualTo(1);
            client.assertSilent();
        }
    }
}
