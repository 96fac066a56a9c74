package dev.rookery.eventing.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.RoomId;
import dev.rookery.eventing.stream.Appended.How;
import dev.rookery.knative.backing.Redis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Runs against a real Redis: what the scripts do there is the behaviour under test.
class RoomStreamsTest {

    private static final PlayerId PLAYER = new PlayerId("p-7");
    private static final long DAY = Duration.ofHours(24).toMillis();

    private static Redis server;
    private static RedisClient client;

    private final RoomId room = new RoomId("match:" + UUID.randomUUID());
    private final Queue<RoomMessage> heard = new ConcurrentLinkedQueue<>();
    private StatefulRedisConnection<String, String> redis;
    private RoomStreams rooms;

    @BeforeAll
    static void start() {
        server = Redis.startEphemeral();
        client = RedisClient.create(RedisURI.create(server.url()));
    }

    @AfterAll
    static void stop() {
        client.shutdown();
        server.close();
    }

    @BeforeEach
    void listen() {
        redis = client.connect();
        rooms = new RoomStreams(redis, StreamSettings.DEFAULT);
        var channel = client.connectPubSub();
        channel.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String name, String message) {
                heard.add(RoomMessage.parse(message));
            }
        });
        channel.sync().subscribe(RoomStreams.channel(room));
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void eventsAreNumberedInTheOrderInWhichTheyAreHeard() {
        var start = open(null).position();

        append("e-1");
        append("e-2");

        await().untilAsserted(() -> assertThat(heard).hasSize(2));
        assertThat(heard)
                .containsExactly(
                        new RoomMessage.Event(new Position(start.epoch(), 1), event("e-1"), "trace"),
                        new RoomMessage.Event(new Position(start.epoch(), 2), event("e-2"), "trace"));
    }

    @Test
    void whoComesBackGetsEveryMissedEventInOrder() {
        var start = open(null).position();
        append("e-1");
        append("e-2");
        append("e-3");

        var opening = open(new Position(start.epoch(), 1));

        assertThat(opening)
                .isEqualTo(new Opening(
                        new Position(start.epoch(), 3),
                        true,
                        List.of(new Entry(2, "", event("e-2"), "trace"), new Entry(3, "", event("e-3"), "trace")),
                        null));
    }

    @Test
    void aFlushEndsTheEpoch() {
        var start = open(null).position();
        append("e-1");

        redis.sync().flushall();

        var opening = open(new Position(start.epoch(), 1));
        assertThat(opening.resumed()).isFalse();
        assertThat(opening.position().epoch()).isNotEqualTo(start.epoch());
    }

    @Test
    void anEventToldAgainIsNotAppendedAgain() {
        open(null);
        long recorded = System.currentTimeMillis();
        join(rooms.append(room, "e-1", event("e-1"), null, recorded, false));

        var again = join(rooms.append(room, "e-1", event("e-1"), null, recorded, true));

        assertThat(again).isEqualTo(new Appended(How.SILENT, 1));
        assertThat(open(null).position().seq()).isEqualTo(1);
    }

    @Test
    void anEventWhoseTellingFailedIsAppendedByTheRedelivery() {
        long began = open(null).position().seq();

        var again = join(rooms.append(room, "e-1", event("e-1"), null, now(), true));

        assertThat(again).isEqualTo(new Appended(How.APPENDED, began + 1));
    }

    @Test
    void anEventFromBeforeTheEpochIsNotToldAgain() {
        long recorded = now() - 1_000;
        open(null);

        var again = join(rooms.append(room, "e-1", event("e-1"), null, recorded, true));

        assertThat(again).isEqualTo(new Appended(How.SILENT, 0));
    }

    @Test
    void anEventThatHasLeftTheHistoryIsNotToldAgain() {
        rooms = new RoomStreams(
                redis, new StreamSettings(5, Duration.ofMillis(1), 1_000, Duration.ZERO, Duration.ofHours(1)));
        open(null);
        long recorded = now();
        join(rooms.append(room, "e-1", event("e-1"), null, recorded, false));
        for (int i = 2; i <= 20; i++) {
            awaitNextMillisecond();
            append("e-" + i);
        }

        var again = join(rooms.append(room, "e-1", event("e-1"), null, recorded, true));

        assertThat(again).isEqualTo(new Appended(How.SILENT, 0));
    }

    @Test
    void nobodyIsGrantedARoomByItself() {
        assertThat(isGranted()).isFalse();
    }

    @Test
    void anOpenRoomNeedsNoGrant() {
        assertThat(join(rooms.isGranted(new RoomId("open:lobby"), PLAYER))).isTrue();
    }

    @Test
    void aGrantIsForOnePlayerInOneRoom() {
        join(rooms.grant(room, PLAYER, "ch-1", now(), false));

        assertThat(isGranted()).isTrue();
        assertThat(join(rooms.isGranted(room, new PlayerId("p-8")))).isFalse();
        assertThat(join(rooms.isGranted(new RoomId("match:other"), PLAYER))).isFalse();
    }

    @Test
    void aRevokeEndsTheGrantAndIsHeard() {
        join(rooms.grant(room, PLAYER, "ch-1", now(), false));

        join(rooms.revoke(room, PLAYER, "ch-2", now(), false));

        assertThat(isGranted()).isFalse();
        await().untilAsserted(() -> assertThat(heard).containsExactly(new RoomMessage.Revoked(PLAYER)));
    }

    @Test
    void aRevokeIsHeardBeforeTheEventThatFollowsIt() {
        var start = open(null).position();
        join(rooms.revoke(room, PLAYER, "ch-1", now(), false));
        append("e-1");

        await().untilAsserted(() -> assertThat(heard).hasSize(2));
        assertThat(heard)
                .containsExactly(
                        new RoomMessage.Revoked(PLAYER),
                        new RoomMessage.Event(new Position(start.epoch(), 1), event("e-1"), "trace"));
    }

    @Test
    void anOldGrantToldAgainAfterANewerRevokeChangesNothing() {
        long recorded = now();
        join(rooms.grant(room, PLAYER, "ch-1", recorded, false));
        join(rooms.revoke(room, PLAYER, "ch-2", recorded + 5, false));

        assertThat(join(rooms.grant(room, PLAYER, "ch-1", recorded, true))).isFalse();

        assertThat(isGranted()).isFalse();
    }

    @Test
    void anOldGrantStaysOldWhenTheRevokeCameFromASlowClock() {
        long recorded = now();
        join(rooms.grant(room, PLAYER, "ch-1", recorded, false));
        join(rooms.revoke(room, PLAYER, "ch-2", recorded - 50, false));

        assertThat(join(rooms.grant(room, PLAYER, "ch-0", recorded - 20, true))).isFalse();

        assertThat(isGranted()).isFalse();
    }

    /// Whoever recorded it was held up for so long that somebody else has told it, and a newer one after it.
    @Test
    void aGrantThatIsToldAMinuteTooLateChangesNothing() {
        long recorded = now();
        join(rooms.revoke(room, PLAYER, "ch-2", recorded + 60_001, false));

        assertThat(join(rooms.grant(room, PLAYER, "ch-1", recorded, false))).isFalse();

        assertThat(isGranted()).isFalse();
    }

    @Test
    void aRevokeToldAgainIsNotHeardAgain() {
        long recorded = now();
        join(rooms.revoke(room, PLAYER, "ch-1", recorded, false));

        assertThat(join(rooms.revoke(room, PLAYER, "ch-1", recorded, true))).isFalse();

        append("e-1");
        await().untilAsserted(() -> assertThat(heard).anyMatch(RoomMessage.Event.class::isInstance));
        assertThat(heard).filteredOn(RoomMessage.Revoked.class::isInstance).hasSize(1);
    }

    @Test
    void aGrantWhoseTellingFailedIsGivenByTheRedelivery() {
        long recorded = now();
        join(rooms.revoke(room, PLAYER, "ch-1", recorded - 5, false));

        assertThat(join(rooms.grant(room, PLAYER, "ch-2", recorded, true))).isTrue();

        assertThat(isGranted()).isTrue();
    }

    @Test
    void aGrantFromLongerAgoThanGrantsAreKeptIsNotGivenAgain() {
        assertThat(join(rooms.grant(room, PLAYER, "ch-1", now() - DAY - 1_000, true)))
                .isFalse();

        assertThat(isGranted()).isFalse();
    }

    @Test
    void revokedGrantsAreForgottenWhenNothingOlderCanBeToldAgain() {
        for (int i = 0; i < 50; i++) {
            join(rooms.revoke(room, new PlayerId("p-" + i), "ch-" + i, now() - DAY - 1_000, false));
        }

        assertThat(redis.sync().hlen(RoomStreams.channel(room) + ":grants")).isLessThan(8);
    }

    @Test
    void grantsLiveAsLongAsTheRoomIsUsed() {
        var grants = RoomStreams.channel(room) + ":grants";
        join(rooms.grant(room, PLAYER, "ch-1", now(), false));

        redis.sync().pexpire(grants, 10_000);
        open(null);
        assertThat(redis.sync().pttl(grants)).isGreaterThan(10_000);

        redis.sync().pexpire(grants, 10_000);
        append("e-1");
        assertThat(redis.sync().pttl(grants)).isGreaterThan(10_000);

        redis.sync().pexpire(grants, 10_000);
        isGranted();
        assertThat(redis.sync().pttl(grants)).isBetween(10_001L, DAY);
    }

    private Opening open(@Nullable Position since) {
        return join(rooms.open(room, since));
    }

    private void append(String eventId) {
        join(rooms.append(room, eventId, event(eventId), "trace", now(), false));
    }

    private boolean isGranted() {
        return join(rooms.isGranted(room, PLAYER));
    }

    private static String event(String id) {
        return "{\"id\":\"" + id + "\"}";
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static void awaitNextMillisecond() {
        long now = now();
        await().pollInterval(Duration.ofMillis(1)).until(() -> now() > now + 1);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
