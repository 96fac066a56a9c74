package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.RoomId;
import dev.rookery.eventing.stream.RoomStreams;
import dev.rookery.eventing.stream.StreamSettings;
import dev.rookery.gateway.directory.Directory;
import dev.rookery.gateway.directory.GatewayId;
import dev.rookery.gateway.directory.Gateways;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// Rooms over two gateways, which behave as one.
class RoomsTest {

    private static final String[] SETTINGS = {
        "rookery.rooms.per-session=2",
        "rookery.rooms.max-members=3",
        "rookery.directory.gateway-time-to-live=3s",
        "rookery.rooms.keep-interval=500ms",
        "rookery.limits.joins-per-second=1",
        "rookery.limits.join-burst=200",
        "rookery.limits.casts-per-second=1",
        "rookery.limits.cast-burst=200"
    };

    @RegisterExtension
    static final RunningGateway gateway = RunningGateway.with(SETTINGS);

    private static ConfigurableApplicationContext second;

    private final RoomId room = new RoomId("open:" + UUID.randomUUID());
    private final RoomId match = new RoomId("match:" + UUID.randomUUID());
    private final RoomStreams streams = new RoomStreams(gateway.backing().redisConnection(), StreamSettings.DEFAULT);

    @BeforeAll
    static void startTheSecond() throws Exception {
        second = gateway.start(List.of(SETTINGS));
    }

    @AfterAll
    static void stopTheSecond() {
        second.close();
    }

    @Test
    void whoJoinsIsToldWhoIsThereOnAnyGateway() {
        try (var one = here("p-1");
                var other = there("p-2")) {
            assertThat(join(one, room).path("members").valueStream().map(JsonNode::asString))
                    .containsOnly("p-1");

            assertThat(join(other, room).path("members").valueStream().map(JsonNode::asString))
                    .containsOnly("p-1", "p-2");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCastReachesEveryOtherMemberOnceOnAnyGateway(boolean isHere) {
        try (var sender = here("p-1");
                var receiver = isHere ? here("p-2") : there("p-2");
                var nobody = there("p-3")) {
            join(sender, room);
            join(receiver, room);
            skipPresenceUntilBothAreSeen(sender);

            cast(sender, room, 1);
            cast(sender, room, 2);

            assertThat(nextCast(receiver))
                    .isEqualTo("{\"op\":\"cast\",\"room\":\"%s\",\"from\":\"p-1\",\"data\":{\"n\":1}}".formatted(room));
            assertThat(nextCast(receiver)).contains("{\"n\":2}");
            assertNoCast(sender);
            assertNoCast(receiver);
            nobody.assertSilent();
        }
    }

    @Test
    void membersAreToldWhoCameAndWhoWent() {
        try (var one = here("p-1")) {
            join(one, room);
            var seen = new HashSet<String>();
            var gone = new HashSet<String>();

            var other = there("p-2");
            join(other, room);
            while (!seen.contains("p-2")) {
                presence(one).path("joined").forEach(player -> seen.add(player.asString()));
            }
            other.close();
            while (!gone.contains("p-2")) {
                presence(one).path("left").forEach(player -> gone.add(player.asString()));
            }

            assertThat(seen).isSubsetOf("p-1", "p-2");
            assertThat(gone).containsOnly("p-2");
        }
    }

    @Test
    void whoLeftGetsNothingMore() {
        try (var one = here("p-1");
                var other = here("p-2")) {
            join(one, room);
            join(other, room);

            other.send("{\"op\":\"leave\",\"id\":\"l-1\",\"room\":\"%s\"}".formatted(room));
            var left = nextBut("presence", other);
            cast(one, room, 1);
            sync(one);

            assertThat(left.path("op").asString()).isEqualTo("left");
            assertThat(left.path("re").asString()).isEqualTo("l-1");
            other.assertSilent();
        }
    }

    @Test
    void whoIsNotInARoomCannotCastOrLeave() {
        try (var one = here("p-1")) {
            cast(one, room, 1);
            assertThat(one.next("error").path("code").asString()).isEqualTo("not-in-room");

            one.send("{\"op\":\"leave\",\"id\":\"l-1\",\"room\":\"%s\"}".formatted(room));
            var error = one.next("error");
            assertThat(error.path("code").asString()).isEqualTo("not-in-room");
            assertThat(error.path("re").asString()).isEqualTo("l-1");
        }
    }

    @Test
    void aRoomThatIsNotOpenNeedsAGrant() {
        var player = new PlayerId("p-" + UUID.randomUUID());
        try (var one = gateway.welcome(player)) {
            one.send(joinFrame(match, null));
            assertThat(one.next("error").path("code").asString()).isEqualTo("forbidden");

            streams.grant(match, player, "g-1", 1, false).toCompletableFuture().join();

            assertThat(join(one, match).path("room").asString()).isEqualTo(match.value());
        }
    }

    @Test
    void aRevokedGrantEndsTheMembership() {
        var player = new PlayerId("p-" + UUID.randomUUID());
        streams.grant(match, player, "g-1", 1, false).toCompletableFuture().join();
        try (var one = gateway.welcome(player)) {
            join(one, match);
            streams.revoke(match, player, "g-2", 2, false).toCompletableFuture().join();

            var left = nextBut("presence", one);
            assertThat(left.toString()).isEqualTo("{\"op\":\"left\",\"room\":\"%s\"}".formatted(match));
            cast(one, match, 1);
            assertThat(nextBut("presence", one).path("code").asString()).isEqualTo("not-in-room");
        }
    }

    @Test
    void aRoomsEventIsTheSameForEveryMemberOnAnyGateway() {
        try (var one = here("p-1");
                var other = there("p-2")) {
            var position = position(join(one, room));
            join(other, room);

            write(1);

            var event = nextBut("presence", one);
            assertThat(event.toString())
                    .isEqualTo(
                            "{\"op\":\"event\",\"room\":\"%s\",\"epoch\":\"%s\",\"seq\":%d,\"id\":\"e-1\",\"type\":\"probe.moved\",\"data\":{}}"
                                    .formatted(room, position.epoch(), position.seq() + 1));
            assertThat(nextBut("presence", other)).isEqualTo(event);
        }
    }

    @Test
    void aMemberWhoComesBackElsewhereGetsWhatItMissedInOrder() {
        Position last;
        try (var one = here("p-1")) {
            last = position(join(one, room));
        }
        write(1, 2, 3);
        try (var again = there("p-1")) {
            again.send(joinFrame(room, last));
            var joined = nextBut("presence", again);

            assertThat(joined.path("resumed").asBoolean(false)).isTrue();
            assertThat(position(joined)).isEqualTo(last);
            for (int n = 1; n <= 3; n++) {
                assertThat(nextBut("presence", again).path("seq").asLong()).isEqualTo(last.seq() + n);
            }
            write(4);
            assertThat(nextBut("presence", again).path("seq").asLong()).isEqualTo(last.seq() + 4);
        }
    }

    @Test
    void aPositionOfAnotherEpochIsToldToBeLost() {
        try (var one = here("p-1")) {
            one.send(joinFrame(room, new Position("another", 3)));

            assertThat(one.next("joined").path("resumed").asBoolean(true)).isFalse();
        }
    }

    @Test
    void aSessionIsInSoManyRoomsAtMost() {
        try (var one = here("p-1")) {
            join(one, room);
            join(one, new RoomId("open:" + UUID.randomUUID()));
            one.send(joinFrame(new RoomId("open:third"), null));

            var error = nextBut("presence", one);
            assertThat(error.path("code").asString()).isEqualTo("busy");
            assertThat(error.path("message").asString()).isEqualTo("rooms: 2 (expected: less than 2)");
        }
    }

    @Test
    void aRoomHasSoManyMembersAtMostOnAllGatewaysTogether() {
        try (var one = here("p-1");
                var two = there("p-2");
                var three = here("p-3");
                var four = there("p-4")) {
            join(one, room);
            join(two, room);
            join(three, room);

            four.send(joinFrame(room, null));

            assertThat(four.next("error").path("code").asString()).isEqualTo("busy");
        }
    }

    @Test
    void whoJoinsAgainIsOneMemberStill() {
        try (var one = here("p-1");
                var other = there("p-2")) {
            join(one, room);
            join(one, room);
            join(other, room);
            skipPresenceUntilBothAreSeen(one);

            cast(other, room, 1);

            assertThat(nextCast(one)).contains("{\"n\":1}");
            one.assertSilent();
        }
    }

    @Test
    void whatWasMissedWhileRedisWasNotHeardIsReadAgain() {
        try (var one = here("p-1")) {
            join(one, room);
            write(1);
            assertThat(nextBut("presence", one).path("seq").asLong()).isEqualTo(1);

            gateway.probe().whileNobodyListens(() -> write(2, 3));

            assertThat(nextBut("presence", one).path("seq").asLong()).isEqualTo(2);
            assertThat(nextBut("presence", one).path("seq").asLong()).isEqualTo(3);
        }
    }

    @Test
    void castsAndEventsOfOneSenderComeInOrder() {
        try (var sender = here("p-1");
                var receiver = there("p-2")) {
            join(sender, room);
            join(receiver, room);
            skipPresenceUntilBothAreSeen(sender);

            IntStream.rangeClosed(1, 100).forEach(n -> cast(sender, room, n));

            for (int n = 1; n <= 100; n++) {
                assertThat(nextCast(receiver)).contains("{\"n\":" + n + "}");
            }
        }
    }

    /// Connections take turns on the loops, so these are not all on one.
    @Test
    void whenSeveralCastAtOnceEachCastComesOnce() {
        int each = 60;
        try (var one = here("p-1");
                var two = here("p-2");
                var three = here("p-3")) {
            var all = List.of(one, two, three);
            all.forEach(client -> join(client, room));
            for (int n = 0; n < each; n++) {
                for (var client : all) {
                    cast(client, room, n);
                }
            }

            for (var client : all) {
                var heard = new ArrayList<String>();
                while (heard.size() < 2 * each) {
                    var cast = nextBut("presence", client);
                    heard.add(cast.path("from").asString() + " " + cast.path("data"));
                }
                assertThat(heard).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void whoCastsMoreThanItMayIsToldSo() {
        try (var one = here("p-1")) {
            join(one, room);
            IntStream.rangeClosed(1, 300).forEach(n -> cast(one, room, n));

            var error = nextBut("presence", one);
            assertThat(error.path("code").asString()).isEqualTo("rate-limited");
            assertThat(error.path("retryAfterMillis").asLong()).isPositive();
        }
    }

    @Test
    void theMembersOfAGatewayThatIsKilledLeave() throws Exception {
        var killed = gateway.startProcess(List.of("ROOKERY_GATEWAY_ID=killed"));
        try (var one = here("p-1")) {
            join(one, room);
            try (var other = RunningGateway.welcome(new PlayerId("p-2"), awaitPortOf("killed"))) {
                join(other, room);
                skipPresenceUntilBothAreSeen(one);

                killed.destroyForcibly().waitFor();

                var gone = new HashSet<String>();
                while (!gone.contains("p-2")) {
                    presence(one).path("left").forEach(player -> gone.add(player.asString()));
                }
            }
            assertThat(join(one, room).path("members").valueStream().map(JsonNode::asString))
                    .containsOnly("p-1");
        } finally {
            killed.destroyForcibly();
        }
    }

    /// Deeper than a writer that adds a level would write: whoever cannot be written to is not the others' loss.
    @Test
    void whatOneMemberCannotBeToldTheOthersAre() {
        var headers = Map.of("Authorization", "Bearer " + RunningGateway.token(new PlayerId("p-3")));
        try (var sender = here("p-1");
                var receiver = here("p-2");
                var strange = Client.connect(gateway.port(), "cloudevents.json", headers)) {
            join(sender, room);
            join(receiver, room);
            strange.next();
            strange.send(
                    "{\"specversion\":\"1.0\",\"id\":\"j\",\"source\":\"/me\",\"type\":\"rookery.join\",\"data\":{\"room\":\"%s\"}}"
                            .formatted(room));
            strange.next();

            var deep = "[".repeat(498) + "]".repeat(498);
            sender.send("{\"op\":\"cast\",\"room\":\"%s\",\"data\":%s}".formatted(room, deep));
            sender.send("{\"op\":\"cast\",\"room\":\"%s\",\"data\":%se5}".formatted(room, "1".repeat(998)));
            cast(sender, room, 3);

            var heard = receiver.nextText();
            while (!heard.contains("{\"n\":3}")) {
                assertThat(heard)
                        .matches(each -> each.contains("presence") || each.contains(deep) || each.contains("E+"));
                heard = receiver.nextText();
            }
        }
    }

    @Test
    void whoIsNoMemberAnyMoreIsTakenOutOfTheRoom() {
        var stray = gateway.bean(GatewayId.class) + "/s-stray";
        try (var one = here("p-1")) {
            join(one, room);
            var members = RoomStreams.channel(room) + ":members";
            gateway.backing().redisConnection().sync().hset(members, stray, "p-9");
            gateway.backing().redisConnection().sync().hincrby(members, "#", 2);
            var other = here("p-2");
            join(other, room);
            other.close();

            await().until(() -> !gateway.backing().redisConnection().sync().hexists(members, stray));
        }
    }

    @Test
    void aGrantThatWasRevokedWhenNobodyHeardIsNoGrant() {
        var player = new PlayerId("p-" + UUID.randomUUID());
        streams.grant(match, player, "g-1", 1, false).toCompletableFuture().join();
        streams.grant(match, player, "g-2", 2, false).toCompletableFuture().join();
        try (var one = gateway.welcome(player)) {
            join(one, match);

            gateway.probe().whileNobodyListens(() -> streams.revoke(match, player, "g-3", 3, false));

            assertThat(nextBut("presence", one).path("op").asString()).isEqualTo("left");
        }
    }

    @Test
    void aGrantThatCannotBeLookedAtIsLookedAtAgain() {
        var player = new PlayerId("p-" + UUID.randomUUID());
        streams.grant(match, player, "g-1", 1, false).toCompletableFuture().join();
        var grants = RoomStreams.channel(match) + ":grants";
        var redis = gateway.backing().redisConnection();
        try (var one = gateway.welcome(player)) {
            join(one, match);
            double before = wrongTypes();

            // Nobody can read that.
            gateway.probe().whileNobodyListens(() -> redis.async().set(grants, "none"));
            await().until(() -> wrongTypes() > before);
            redis.sync().del(grants);

            assertThat(nextBut("presence", one).path("op").asString()).isEqualTo("left");
        }
    }

    /// Questions that Redis could not answer.
    private static double wrongTypes() {
        var found = Pattern.compile("errorstat_WRONGTYPE:count=(\\d+)")
                .matcher(gateway.backing().redisConnection().sync().info("errorstats"));
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    @Test
    void whoJoinsAndLeavesAtOnceGetsNothingOfTheRoom() {
        write(1, 2, 3);
        try (var one = here("p-1")) {
            var since = position(join(one, room));
            write(4);
            nextBut("presence", one);
            one.send("{\"op\":\"leave\",\"id\":\"l-1\",\"room\":\"%s\"}".formatted(room));
            nextBut("presence", one);

            one.send(joinFrame(room, since));
            one.send("{\"op\":\"leave\",\"id\":\"l-2\",\"room\":\"%s\"}".formatted(room));

            assertThat(one.next("left").path("re").asString()).isEqualTo("l-2");
            assertThat(join(one, room).path("seq").asLong()).isEqualTo(4);
        }
    }

    @Test
    void whoJoinsMoreThanItMayIsToldSo() {
        try (var one = here("p-1")) {
            IntStream.range(0, 300)
                    .forEach(n -> one.send("{\"op\":\"join\",\"id\":\"j-%d\",\"room\":\"match:no\"}".formatted(n)));

            var codes = IntStream.range(0, 300)
                    .mapToObj(_ -> one.next("error").path("code").asString())
                    .toList();
            assertThat(codes).containsAnyOf("forbidden", "busy").contains("rate-limited");
        }
    }

    private static int awaitPortOf(String name) {
        var gateways = gateway.bean(Gateways.class);
        var directory = gateway.bean(Directory.class);
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> directory.aliveGateways().stream()
                                .filter(id -> id.startsWith(name + "."))
                                .flatMap(id -> gateways.findById(id).stream())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow()
                .port();
    }

    private static Client here(String player) {
        return gateway.welcome(new PlayerId(player));
    }

    private static Client there(String player) {
        return RunningGateway.welcome(new PlayerId(player), RunningGateway.portOf(second));
    }

    private static JsonNode join(Client client, RoomId room) {
        client.send(joinFrame(room, null));
        var joined = nextBut("presence", client);
        assertThat(joined.path("op").asString()).as(joined.toString()).isEqualTo("joined");
        return joined;
    }

    private static String joinFrame(RoomId room, @Nullable Position since) {
        var position =
                since == null ? "" : ",\"since\":{\"epoch\":\"%s\",\"seq\":%d}".formatted(since.epoch(), since.seq());
        return "{\"op\":\"join\",\"id\":\"j-1\",\"room\":\"%s\"%s}".formatted(room, position);
    }

    private static Position position(JsonNode joined) {
        return new Position(joined.path("epoch").asString(), joined.path("seq").asLong());
    }

    private static void cast(Client client, RoomId room, int n) {
        client.send("{\"op\":\"cast\",\"room\":\"%s\",\"data\":{\"n\":%d}}".formatted(room, n));
    }

    /// As a function writes to the room.
    private void write(int... numbers) {
        for (int n : numbers) {
            var event = "{\"id\":\"e-%d\",\"type\":\"probe.moved\",\"data\":{}}".formatted(n);
            streams.append(room, "e-" + n, event, null, 1, false);
        }
    }

    private static void sync(Client client) {
        client.send("{\"op\":\"ping\",\"at\":1}");
        nextBut("presence", client);
    }

    private static void skipPresenceUntilBothAreSeen(Client client) {
        var seen = new HashSet<String>();
        while (!seen.contains("p-2")) {
            presence(client).path("joined").forEach(player -> seen.add(player.asString()));
        }
    }

    private static JsonNode presence(Client client) {
        return client.next("presence");
    }

    private static String nextCast(Client client) {
        return nextBut("presence", client).toString();
    }

    /// Who is there each gateway tells when it likes, so that may still come.
    private static void assertNoCast(Client client) {
        client.send("{\"op\":\"ping\",\"at\":\"silence\"}");
        assertThat(nextBut("presence", client).path("op").asString()).isEqualTo("pong");
    }

    private static JsonNode nextBut(String op, Client client) {
        var next = client.next();
        while (next.path("op").asString().equals(op)) {
            next = client.next();
        }
        return next;
    }
}
