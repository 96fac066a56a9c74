package dev.rookery.eventing.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.RoomId;
import dev.rookery.eventing.stream.Entry;
import dev.rookery.eventing.stream.RoomMessage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a function tells others than the asking player, against a real function process with real PostgreSQL, Redis
/// and Kafka.
class RoomsAndPushesTest {

    @RegisterExtension
    static final ProbeFunction function = new ProbeFunction();

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Saying NOTHING = new Saying(List.of(), List.of(), List.of(), 0);

    private final PlayerId asking = new PlayerId("p-" + UUID.randomUUID());
    private final PlayerId one = new PlayerId("one-" + UUID.randomUUID());
    private final PlayerId other = new PlayerId("other-" + UUID.randomUUID());
    private final RoomId room = new RoomId("match:" + UUID.randomUUID());

    @Test
    void whomAFunctionLetsInMayJoin() {
        assertThat(tell("c-1", NOTHING.granting(one))).isEqualTo(204);

        assertThat(function.isGranted(room, one)).isTrue();
        assertThat(function.isGranted(room, other)).isFalse();
    }

    @Test
    void whomAFunctionNoLongerLetsInHasToLeave() {
        var heard = function.follow(room);
        tell("c-1", NOTHING.granting(one));

        tell("c-2", NOTHING.revoking(one));

        assertThat(function.isGranted(room, one)).isFalse();
        await().untilAsserted(() -> assertThat(heard).containsExactly(new RoomMessage.Revoked(one)));
    }

    @Test
    void anOldGrantDeliveredAgainDoesNotUndoTheRevoke() {
        tell("c-1", NOTHING.granting(one));
        tell("c-2", NOTHING.revoking(one));

        assertThat(tell("c-1", NOTHING.granting(one))).isEqualTo(204);

        assertThat(function.isGranted(room, one)).isFalse();
    }

    @Test
    void whatWasToldToTheEndIsNotToldAgainEvenWhenTheGrantsWereLost() {
        tell("c-1", NOTHING.granting(one));
        function.loseGrants(room);

        assertThat(tell("c-1", NOTHING.granting(one))).isEqualTo(204);

        assertThat(function.isGranted(room, one)).isFalse();
    }

    @Test
    void severalPlayersAreToldWithTheSameBytes() {
        tell("c-1", NOTHING.telling(one, other));

        var told = function.history(one).getFirst();
        assertThat(told.re()).isEmpty();
        assertThat(told.event()).contains("\"type\":\"probe.told\"", "\"data\":{\"room\":\"" + room + "\"}");
        assertThat(told.event()).doesNotContain("\"re\"", "\"outcome\"");
        assertThat(function.history(other)).extracting(Entry::event).containsExactly(told.event());
    }

    @Test
    void aRoomIsToldInTheOrderOfTheDecision() {
        tell("c-1", NOTHING.moving(5));

        assertThat(function.history(room))
                .extracting(entry -> JsonMapper.shared()
                        .readTree(entry.event())
                        .at("/data/move")
                        .intValue())
                .containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void whoMayNoLongerJoinHasLeftBeforeTheRoomIsTold() {
        var heard = function.follow(room);

        tell("c-1", NOTHING.revoking(one).moving(1));

        await().untilAsserted(() -> assertThat(heard).hasSize(2));
        assertThat(heard.getFirst()).isInstanceOf(RoomMessage.Revoked.class);
        assertThat(heard.getLast()).isInstanceOf(RoomMessage.Event.class);
    }

    @Test
    void theAskingPlayerIsPushedToBeforeTheAnswer() {
        tell("c-1", NOTHING.telling(asking));

        assertThat(function.history(asking)).extracting(Entry::re).containsExactly("", "c-1");
    }

    @Test
    void aRedeliveryPushesNothingAgain() {
        tell("c-1", NOTHING.telling(one).moving(1));

        assertThat(tell("c-1", NOTHING.telling(one).moving(1))).isEqualTo(204);

        assertThat(function.history(one)).hasSize(1);
        assertThat(function.history(room)).hasSize(1);
    }

    @Test
    void aRefusedCommandPushesNothing() {
        tell("c-1", NOTHING);

        assertThat(function.history(asking).getFirst().event()).contains("\"outcome\":\"refused\"");
        assertThat(function.history(room)).isEmpty();
    }

    @Test
    void withoutRedisTheRedeliveryPushesAndGrants() {
        function.history(one);
        function.history(room);
        function.whileRedisIsStopped(
                () -> assertThat(tell("c-1", NOTHING.granting(one).telling(one).moving(2)))
                        .isEqualTo(503));

        await().until(() -> tell("c-1", NOTHING.granting(one).telling(one).moving(2)) == 204);

        assertThat(function.isGranted(room, one)).isTrue();
        assertThat(function.history(one)).hasSize(1);
        assertThat(function.history(room)).hasSize(2);
    }

    @Test
    void whatWasRecordedIsPushedToTheByteWhenItIsToldLater() {
        function.history(one);
        function.whileRedisIsStopped(() -> tell("c-1", NOTHING.telling(one)));
        await().until(() -> tell("c-1", NOTHING.telling(one)) == 204);

        var event = function.history(one).getFirst().event();

        assertThat(function.recordedPushes(asking, "c-1"))
                .contains(JsonMapper.shared().writeValueAsString(event));
    }

    /// @return the status
    private int tell(String id, Saying saying) {
        ObjectNode data = JsonMapper.shared().valueToTree(saying);
        data.put("room", room.value());
        var request = HttpRequest.newBuilder(function.url())
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", asking.source())
                .header("ce-type", "probe.tell")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(data.toString()));
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .join()
                .statusCode();
    }

    /// What the probe is asked to tell.
    private record Saying(List<String> grant, List<String> revoke, List<String> tell, int moves) {

        Saying granting(PlayerId player) {
            return new Saying(List.of(player.value()), revoke, tell, moves);
        }

        Saying revoking(PlayerId player) {
            return new Saying(grant, List.of(player.value()), tell, moves);
        }

        Saying telling(PlayerId... players) {
            var names = Arrays.stream(players).map(PlayerId::value).toList();
            return new Saying(grant, revoke, names, moves);
        }

        Saying moving(int moves) {
            return new Saying(grant, revoke, tell, moves);
        }
    }
}
