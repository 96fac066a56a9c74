package dev.rookery.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.RoomId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The frames as the protocol shows them.
class ServerFramesTest {

    private static final String EVENT = "{\"id\":\"e-1\", \"type\":\"a.b\", \"data\":{\"x\":1.50}}";

    @Test
    void aWelcomeTellsWhereTheStreamIsAndWhatTheClientMayDo() {
        var welcome = ServerFrames.welcome(
                new PlayerId("p-7"),
                "s-1",
                new Position("e1", 41),
                true,
                Duration.ofSeconds(15),
                new ServerFrames.Limits(16_384, 50, 32, 100));

        assertThat(welcome).isEqualTo("""
                {"op":"welcome","player":"p-7","session":"s-1","epoch":"e1","seq":41,"resumed":true,"heartbeatMillis":15000,\
                "limits":{"frameBytes":16384,"commandsPerSecond":50,"pending":32,"rooms":100}}""");
    }

    @Test
    void anAcceptedCommandIsNamed() {
        assertThat(ServerFrames.accepted("c-1")).isEqualTo("{\"op\":\"accepted\",\"id\":\"c-1\"}");
    }

    @Test
    void anEventIsGivenToTheByte() {
        assertThat(ServerFrames.event(42, EVENT))
                .isEqualTo("{\"op\":\"event\",\"seq\":42,\"id\":\"e-1\", \"type\":\"a.b\", \"data\":{\"x\":1.50}}");
    }

    @Test
    void aRepeatSaysThatItIsOne() {
        assertThat(ServerFrames.repeat(0, EVENT))
                .isEqualTo("{\"op\":\"event\",\"seq\":0,\"repeat\":true,"
                        + "\"id\":\"e-1\", \"type\":\"a.b\", \"data\":{\"x\":1.50}}");
    }

    @Test
    void anAnswerNamesItsQuery() {
        assertThat(ServerFrames.answer("q-1", "{\"outcome\":\"done\",\"data\":{}}"))
                .isEqualTo("{\"op\":\"answer\",\"re\":\"q-1\",\"outcome\":\"done\",\"data\":{}}");
    }

    @Test
    void anErrorSaysWhetherAndWhenToSendAgain() {
        assertThat(ServerFrames.error("c-9", ErrorCode.BUSY, "full", Duration.ofMillis(200)))
                .isEqualTo("""
                {"op":"error","re":"c-9","code":"busy","message":"full","retryable":true,"retryAfterMillis":200}""");
        assertThat(ServerFrames.error(null, ErrorCode.BAD_FRAME, "no \"op\"", null))
                .isEqualTo("""
                {"op":"error","code":"bad-frame","message":"no \\"op\\"","retryable":false}""");
        assertThat(ServerFrames.rejected("c-9", "id-reused", "taken")).isEqualTo("""
                {"op":"error","re":"c-9","code":"id-reused","message":"taken","retryable":false}""");
    }

    @Test
    void whoJoinsIsToldWhoIsThereAndWhereTheRoomsStreamIs() {
        var members = List.of(new PlayerId("p-7"), new PlayerId("p-9"));

        assertThat(ServerFrames.joined("j-1", new RoomId("open:lobby"), members, new Position("e9", 7), false))
                .isEqualTo("""
                {"op":"joined","re":"j-1","room":"open:lobby","members":["p-7","p-9"],"epoch":"e9","seq":7,"resumed":false}""");
    }

    @Test
    void whoHasToLeaveIsToldWithoutARe() {
        assertThat(ServerFrames.left("j-2", new RoomId("match:9")))
                .isEqualTo("{\"op\":\"left\",\"re\":\"j-2\",\"room\":\"match:9\"}");
        assertThat(ServerFrames.left(null, new RoomId("match:9"))).isEqualTo("{\"op\":\"left\",\"room\":\"match:9\"}");
    }

    @Test
    void aCastIsGivenToTheByte() {
        assertThat(ServerFrames.cast(new RoomId("open:lobby"), new PlayerId("p-7"), "{\"x\": 1.50}"))
                .isEqualTo("{\"op\":\"cast\",\"room\":\"open:lobby\",\"from\":\"p-7\",\"data\":{\"x\": 1.50}}");
    }

    @Test
    void presenceTellsWhoCameAndWhoWent() {
        assertThat(ServerFrames.presence(new RoomId("open:lobby"), List.of(new PlayerId("p-9")), List.of()))
                .isEqualTo("{\"op\":\"presence\",\"room\":\"open:lobby\",\"joined\":[\"p-9\"],\"left\":[]}");
    }

    @Test
    void aRoomsEventHasTheRoomsOwnPosition() {
        assertThat(ServerFrames.roomEvent(new RoomId("match:9"), new Position("e9", 8), EVENT))
                .isEqualTo("{\"op\":\"event\",\"room\":\"match:9\",\"epoch\":\"e9\",\"seq\":8,"
                        + "\"id\":\"e-1\", \"type\":\"a.b\", \"data\":{\"x\":1.50}}");
    }

    @Test
    void aDrainSaysWhenToConnectAgain() {
        assertThat(ServerFrames.drain(Duration.ofMillis(1234)))
                .isEqualTo("{\"op\":\"drain\",\"reconnectInMillis\":1234}");
    }

    @Test
    void aPongHasWhatThePingHad() {
        var at = JsonMapper.shared().readTree("{\"t\":[1,null]}");

        assertThat(ServerFrames.pong(at)).isEqualTo("{\"op\":\"pong\",\"at\":{\"t\":[1,null]}}");
        assertThat(ServerFrames.pong(null)).isEqualTo("{\"op\":\"pong\"}");
    }
}
