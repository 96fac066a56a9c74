package dev.rookery.eventing.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.Ending;
import dev.rookery.eventing.contract.Lsn;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.Sending;
import dev.rookery.eventing.stream.Appended.How;
import dev.rookery.knative.backing.Redis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Runs against a real Redis: what the scripts do there is the behaviour under test.
class PlayerStreamsTest {

    private static final StreamSettings FIVE_EVENTS =
            new StreamSettings(5, Duration.ofMillis(1), 1_000, Duration.ZERO, Duration.ofHours(1));

    private static Redis server;
    private static RedisClient client;

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());
    private final Queue<StreamMessage> heard = new ConcurrentLinkedQueue<>();
    private StatefulRedisConnection<String, String> redis;
    private PlayerStreams streams;

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

    private static final Lsn EARLIER = Lsn.ofPostgres("9/FFFFFFFF");
    private static final Lsn LATER = Lsn.ofPostgres("10/0");

    @BeforeEach
    void listen() {
        redis = client.connect();
        streams = new PlayerStreams(redis, StreamSettings.DEFAULT);
        var channel = client.connectPubSub();
        channel.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String name, String message) {
                heard.add(StreamMessage.parse(message));
            }
        });
        channel.sync().subscribe(PlayerStreams.channel(player));
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void eventsAreNumberedInTheOrderInWhichTheyAreHeard() {
        var start = open(null).position();

        append(outcome("e-1", null), null);
        append(outcome("e-2", null), null);

        await().untilAsserted(() -> assertThat(heard).hasSize(2));
        assertThat(heard)
                .containsExactly(
                        new StreamMessage.Event(new Position(start.epoch(), 1), "c-1", event("e-1"), "trace", null),
                        new StreamMessage.Event(new Position(start.epoch(), 2), "c-1", event("e-2"), "trace", null));
    }

    @Test
    void whoResumesGetsEveryMissedEventInOrder() {
        var start = open(null).position();
        IntStream.rangeClosed(1, 20).forEach(i -> append(outcome("e-" + i, null), null));

        var opening = open(new Position(start.epoch(), 4));

        assertThat(opening.resumed()).isTrue();
        assertThat(opening.position()).isEqualTo(new Position(start.epoch(), 20));
        assertThat(opening.missed())
                .extracting(Entry::seq)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(5, 20).mapToObj(i -> (long) i).toList());
        assertThat(opening.missed().getFirst().event()).isEqualTo(event("e-5"));
    }

    @Test
    void aLongHistoryIsReadPageAfterPage() {
        var start = open(null).position();
        int events = History.PAGE + 10;
        IntStream.rangeClosed(1, events).forEach(i -> append(outcome("e-" + i, null), null));

        var first = open(start);
        var second = open(new Position(start.epoch(), first.missed().getLast().seq()));

        assertThat(first.missed()).hasSize(History.PAGE);
        assertThat(first.position().seq()).isEqualTo(events);
        assertThat(second.missed().getFirst().seq()).isEqualTo(History.PAGE + 1);
        assertThat(second.missed().getLast().seq()).isEqualTo(events);
    }

    @Test
    void aPositionThatTheStreamNeverHadIsNotResumed() {
        var start = open(null).position();
        append(outcome("e-1", null), null);

        var opening = open(new Position(start.epoch(), 2));

        assertThat(opening.resumed()).isFalse();
        assertThat(opening.missed()).isEmpty();
    }

    @Test
    void aPositionThatTheHistoryNoLongerReachesIsNotResumed() {
        streams = new PlayerStreams(redis, FIVE_EVENTS);
        var start = open(null).position();
        for (int i = 1; i <= 40; i++) {
            append(outcome("e-" + i, null), null);
            awaitNextMillisecond();
        }

        assertThat(open(new Position(start.epoch(), 10)).resumed()).isFalse();
        assertThat(open(new Position(start.epoch(), 36)).missed()).hasSize(4);
    }

    @Test
    void youngEventsStayHoweverMany() {
        streams = new PlayerStreams(
                redis, new StreamSettings(5, Duration.ofMinutes(10), 1_000, Duration.ZERO, Duration.ofHours(1)));
        var start = open(null).position();
        IntStream.rangeClosed(1, 40).forEach(i -> append(outcome("e-" + i, null), null));

        assertThat(open(new Position(start.epoch(), 0)).missed()).hasSize(40);
    }

    @Test
    void theHistoryIsBoundedHoweverYoung() {
        streams = new PlayerStreams(
                redis, new StreamSettings(5, Duration.ofMinutes(10), 10, Duration.ZERO, Duration.ofHours(1)));
        var start = open(null).position();
        IntStream.rangeClosed(1, 40).forEach(i -> append(outcome("e-" + i, null), null));

        assertThat(open(new Position(start.epoch(), 29)).resumed()).isFalse();
        assertThat(open(new Position(start.epoch(), 30)).missed()).hasSize(10);
    }

    @Test
    void whatIsAcknowledgedGoesAndTheRestIsResumed() {
        streams = new PlayerStreams(redis, graceOf(Duration.ZERO));
        var start = open(null).position();
        IntStream.rangeClosed(1, 10).forEach(i -> append(outcome("e-" + i, null), null));

        assertThat(ack(new Position(start.epoch(), 7))).isEqualTo(7);

        assertThat(open(new Position(start.epoch(), 6)).resumed()).isFalse();
        assertThat(open(new Position(start.epoch(), 7)).missed())
                .extracting(Entry::seq)
                .containsExactly(8L, 9L, 10L);
    }

    @Test
    void anEventIsFoundByItsIdUntilItIsLetGo() {
        streams = new PlayerStreams(redis, graceOf(Duration.ZERO));
        var start = open(null).position();
        var before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        append(outcome("e-1", null), null);
        append(outcome("e-2", null), null);

        assertThat(find("e-2")).hasValueSatisfying(held -> {
            assertThat(held.seq()).isEqualTo(2);
            assertThat(held.at()).isBetween(before, Instant.now());
        });
        assertThat(find("e-3")).isEmpty();
        ack(new Position(start.epoch(), 2));
        assertThat(find("e-2")).isEmpty();
    }

    @Test
    void theStreamGoesOnWhenAllIsAcknowledged() {
        streams = new PlayerStreams(redis, graceOf(Duration.ZERO));
        var start = open(null).position();
        append(outcome("e-1", null), null);

        assertThat(ack(new Position(start.epoch(), 99))).isEqualTo(1);
        append(outcome("e-2", null), null);

        assertThat(open(new Position(start.epoch(), 1)).missed())
                .extracting(Entry::seq)
                .containsExactly(2L);
    }

    @Test
    void whatCameAMomentAgoStaysThoughItIsAcknowledged() {
        streams = new PlayerStreams(redis, graceOf(Duration.ofMinutes(1)));
        var start = open(null).position();
        append(outcome("e-1", null), null);

        assertThat(ack(new Position(start.epoch(), 1))).isZero();

        assertThat(open(start).missed()).hasSize(1);
    }

    @Test
    void whatWasAcknowledgedInAnotherEpochSaysNothing() {
        streams = new PlayerStreams(redis, graceOf(Duration.ZERO));
        var start = open(null).position();
        append(outcome("e-1", null), null);

        assertThat(ack(new Position("other", 1))).isZero();

        assertThat(open(start).missed()).hasSize(1);
    }

    @Test
    void aRedeliveryThatNobodyAskedForIsNotHeard() {
        var first = sending("s-1", 1, open(null).position());
        append(outcome("e-1", first), first);

        var again = append(earlier("e-1", first), first);

        assertThat(again).isEqualTo(new Appended(How.SILENT, 1));
        assertOnlyEventsAreHeard(1);
    }

    @Test
    void whoAsksAgainIsToldAgainWithTheSeqThatItHad() {
        var first = sending("s-1", 1, open(null).position());
        var second = sending("s-2", 1, first.position());
        append(outcome("e-1", first), first);

        var again = append(earlier("e-1", first), second);

        assertThat(again).isEqualTo(new Appended(How.REPEATED, 1));
        await().untilAsserted(() ->
                assertThat(heard).contains(new StreamMessage.Repeat("s-2", 1, "c-1", event("e-1"), "trace", null)));
    }

    @Test
    void theRedeliveryOfARepeatIsNotHeard() {
        var first = sending("s-1", 1, open(null).position());
        var second = sending("s-2", 1, first.position());
        append(outcome("e-1", first), first);
        append(earlier("e-1", first), second);

        var again = append(earlier("e-1", first), second);

        assertThat(again.how()).isEqualTo(How.SILENT);
    }

    @Test
    void anOutcomeWhoseEmissionFailedIsAppendedByTheRedelivery() {
        var first = sending("s-1", 1, open(null).position());

        var again = append(earlier("e-1", first), first);

        assertThat(again).isEqualTo(new Appended(How.APPENDED, 1));
    }

    @Test
    void anOutcomeWhoseEmissionFailedIsAppendedByWhoAsksAgainAndThenNotRepeated() {
        var first = sending("s-1", 1, open(null).position());
        var second = sending("s-2", 1, first.position());

        assertThat(append(earlier("e-1", first), second)).isEqualTo(new Appended(How.APPENDED, 1));
        assertThat(append(earlier("e-1", first), second).how()).isEqualTo(How.SILENT);
        assertThat(append(earlier("e-1", first), first).how()).isEqualTo(How.SILENT);
    }

    @Test
    void whatHasLeftTheHistoryIsToldAgainWithoutANumber() {
        streams = new PlayerStreams(redis, FIVE_EVENTS);
        var first = sending("s-1", 1, open(null).position());
        append(outcome("e-1", first), first);
        for (int i = 2; i <= 20; i++) {
            awaitNextMillisecond();
            append(outcome("e-" + i, null), null);
        }

        var again = append(earlier("e-1", first), sending("s-2", 1, first.position()));

        assertThat(again).isEqualTo(new Appended(How.REPEATED, 0));
    }

    @Test
    void aFlushEndsTheEpoch() {
        var start = open(null).position();
        append(outcome("e-1", null), null);

        redis.sync().flushall();

        var opening = open(new Position(start.epoch(), 1));
        assertThat(opening.resumed()).isFalse();
        assertThat(opening.position().epoch()).isNotEqualTo(start.epoch());
    }

    @Test
    void aLostKeyEndsTheEpoch() {
        var start = open(null).position();
        append(outcome("e-1", null), null);

        redis.sync().del(PlayerStreams.channel(player) + ":events");

        assertThat(open(new Position(start.epoch(), 1)).resumed()).isFalse();
    }

    @Test
    void anotherServerEndsTheEpoch() {
        var start = open(null).position();
        append(outcome("e-1", null), null);

        redis.sync().hset(PlayerStreams.channel(player) + ":head", "replid", "of the server that was replaced");

        assertThat(open(new Position(start.epoch(), 1)).resumed()).isFalse();
    }

    @Test
    void afterAFlushAStoredOutcomeIsToldAgainButNotNumbered() {
        var first = sending("s-1", 1, open(null).position());
        append(outcome("e-1", first), first);
        redis.sync().flushall();
        var now = open(null).position();

        var again = append(earlier("e-1", first), sending("s-2", 1, now));

        assertThat(again).isEqualTo(new Appended(How.REPEATED, 0));
        assertThat(open(null).position()).isEqualTo(now);
    }

    @Test
    void aRejectionIsHeardOnceASending() {
        var sending = sending("s-1", 1, open(null).position());
        join(streams.reject(player, sending, "c-1", "id-reused", "taken", null));
        join(streams.reject(player, sending, "c-1", "id-reused", "taken", null));
        append(outcome("e-1", null), null);

        await().untilAsserted(() -> assertThat(heard).anyMatch(StreamMessage.Event.class::isInstance));
        assertThat(heard)
                .filteredOn(StreamMessage.Rejected.class::isInstance)
                .containsExactly(new StreamMessage.Rejected("s-1", "c-1", "id-reused", "taken", null));
    }

    @Test
    void anAnswerIsForOneSessionAndMovesNothing() {
        var start = open(null).position();
        join(streams.answer(player, "s-1", "q-1", "{\"outcome\":\"done\"}", null));

        await().untilAsserted(() -> assertThat(heard)
                .containsExactly(new StreamMessage.Answered("s-1", "q-1", "{\"outcome\":\"done\"}", null)));
        assertThat(open(null).position()).isEqualTo(start);
    }

    @Test
    void aPushIsAnEventThatAnswersNothing() {
        var start = open(null).position();

        push("e-1", System.currentTimeMillis(), false);

        await().untilAsserted(() -> assertThat(heard)
                .containsExactly(
                        new StreamMessage.Event(new Position(start.epoch(), 1), "", event("e-1"), "trace", null)));
        assertThat(open(start).missed()).containsExactly(new Entry(1, "", event("e-1"), "trace"));
    }

    @Test
    void aPushToldAgainIsNotHeardAgain() {
        open(null);
        long recorded = System.currentTimeMillis();
        push("e-1", recorded, false);

        assertThat(push("e-1", recorded, true)).isEqualTo(new Appended(How.SILENT, 1));

        assertOnlyEventsAreHeard(1);
    }

    @Test
    void aPushWhoseTellingFailedIsAppendedByTheRedelivery() {
        open(null);

        assertThat(push("e-1", System.currentTimeMillis(), true)).isEqualTo(new Appended(How.APPENDED, 1));
    }

    @Test
    void aPushFromBeforeTheEpochIsNotToldAgain() {
        long recorded = System.currentTimeMillis() - 1_000;
        open(null);

        assertThat(push("e-1", recorded, true)).isEqualTo(new Appended(How.SILENT, 0));
    }

    @Test
    void whereAnOutcomeWasCommittedGoesAlongAndIsKnownToWhoOpens() {
        var start = open(null);

        append(outcome("e-1", null), null, LATER);

        await().untilAsserted(() -> assertThat(heard)
                .containsExactly(new StreamMessage.Event(
                        new Position(start.position().epoch(), 1), "c-1", event("e-1"), "trace", LATER)));
        assertThat(start.lsn()).isNull();
        assertThat(open(null).lsn()).isEqualTo(LATER);
    }

    @Test
    void theGreatestPlaceIsKeptWhicheverIsToldLast() {
        append(outcome("e-1", null), null, LATER);
        append(outcome("e-2", null), null, EARLIER);
        append(outcome("e-3", null), null, null);

        assertThat(open(null).lsn()).isEqualTo(LATER);
    }

    @Test
    void aRepeatTellsWhereTheLogIsByThen() {
        var first = sending("s-1", 1, open(null).position());
        append(outcome("e-1", first), first, EARLIER);

        append(earlier("e-1", first), sending("s-2", 1, first.position()), LATER);

        await().untilAsserted(() ->
                assertThat(heard).contains(new StreamMessage.Repeat("s-2", 1, "c-1", event("e-1"), "trace", LATER)));
        assertThat(open(null).lsn()).isEqualTo(LATER);
    }

    @Test
    void thePlaceOutlivesTheEpoch() {
        append(outcome("e-1", null), null, LATER);

        redis.sync().hset(PlayerStreams.channel(player) + ":head", "replid", "of the server that was replaced");

        assertThat(open(null).lsn()).isEqualTo(LATER);
    }

    private Appended append(Outcome.Recorded outcome, @Nullable Sending sending, @Nullable Lsn lsn) {
        return join(streams.append(player, "c-1", outcome, sending, "trace", lsn));
    }

    private Appended push(String eventId, long recordedMillis, boolean earlier) {
        return join(streams.push(player, eventId, event(eventId), "trace", null, recordedMillis, earlier));
    }

    private Optional<PlayerStreams.Held> find(String eventId) {
        return streams.find(player, eventId).toCompletableFuture().join();
    }

    private void assertOnlyEventsAreHeard(int events) {
        append(outcome("last", null), null);
        await().untilAsserted(() -> assertThat(heard).hasSizeGreaterThan(events));
        assertThat(heard).hasSize(events + 1).allMatch(StreamMessage.Event.class::isInstance);
    }

    private long ack(Position upTo) {
        return streams.ack(player, upTo).toCompletableFuture().join();
    }

    private static StreamSettings graceOf(Duration ackGrace) {
        return new StreamSettings(1_000, Duration.ofMinutes(10), 1_000, ackGrace, Duration.ofHours(1));
    }

    private Opening open(@Nullable Position resume) {
        return join(streams.open(player, resume));
    }

    private Appended append(Outcome.Recorded outcome, @Nullable Sending sending) {
        return join(streams.append(player, "c-1", outcome, sending, "trace", null));
    }

    private static Outcome.Recorded outcome(String eventId, @Nullable Sending first) {
        return new Outcome.Recorded(eventId, Ending.DONE, event(eventId), List.of(), first, false);
    }

    private static Outcome.Recorded earlier(String eventId, @Nullable Sending first) {
        return new Outcome.Recorded(eventId, Ending.DONE, event(eventId), List.of(), first, true);
    }

    private static String event(String id) {
        return "{\"id\":\"" + id + "\"}";
    }

    private static Sending sending(String session, long sequence, Position position) {
        return new Sending(session, sequence, position);
    }

    private static void awaitNextMillisecond() {
        long now = System.currentTimeMillis();
        await().pollInterval(Duration.ofMillis(1)).until(() -> System.currentTimeMillis() > now + 1);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
