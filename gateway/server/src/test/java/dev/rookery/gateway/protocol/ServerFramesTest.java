package dev.rookery.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import java.time.Duration;
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
    void aPongHasWhatThePingHad() {
        var at = JsonMapper.shared().readTree("{\"t\":[1,null]}");

        assertThat(ServerFrames.pong(at)).isEqualTo("{\"op\":\"pong\",\"at\":{\"t\":[1,null]}}");
        assertThat(ServerFrames.pong(null)).isEqualTo("{\"op\":\"pong\"}");
    }
}
