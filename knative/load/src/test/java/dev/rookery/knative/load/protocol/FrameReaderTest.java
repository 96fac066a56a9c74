package dev.rookery.knative.load.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

class FrameReaderTest {

    @Test
    void aWelcomeSaysWhereTheStreamIs() throws Exception {
        assertThat(FrameReader.read("""
                {"op":"welcome","player":"p-7","session":"s-1","epoch":"e1","seq":41,"resumed":true,
                 "heartbeatMillis":15000,"limits":{"frameBytes":16384,"pending":32},"later":{}}"""))
                .isEqualTo(new Welcome("p-7", "s-1", new Position("e1", 41), true, Duration.ofSeconds(15), 32));
    }

    @Test
    void anAnswerToACommandIsAnEventWithItsOutcome() throws Exception {
        assertThat(FrameReader.read("""
                {"op":"event","seq":43,"id":"e-1","type":"wallet.bet-refused","re":"c-2","outcome":"refused",
                 "time":"2026-11-24T12:00:00Z","data":{"code":"insufficient-funds"}}"""))
                .isEqualTo(new Event(
                        43,
                        "e-1",
                        "wallet.bet-refused",
                        "c-2",
                        Outcome.REFUSED,
                        false,
                        JsonMapper.shared().createObjectNode().put("code", "insufficient-funds")));
    }

    @Test
    void aPushAnswersNothing() throws Exception {
        assertThat(FrameReader.read("{\"op\":\"event\",\"seq\":45,\"id\":\"e-2\",\"type\":\"match.your-turn\"}"))
                .isEqualTo(new Event(45, "e-2", "match.your-turn", null, null, false, NullNode.getInstance()));
    }

    @Test
    void aRepeatMayHaveLostItsPlace() throws Exception {
        assertThat(FrameReader.read("""
                {"op":"event","seq":0,"repeat":true,"id":"e-1","type":"t.x","re":"c-1","outcome":"done","data":{}}"""))
                .isEqualTo(new Event(
                        0,
                        "e-1",
                        "t.x",
                        "c-1",
                        Outcome.DONE,
                        true,
                        JsonMapper.shared().createObjectNode()));
    }

    @Test
    void anErrorMayNameATimeAndAFrameOrNot() throws Exception {
        assertThat(FrameReader.read("""
                {"op":"error","re":"c-9","code":"rate-limited","message":"m","retryable":true,"retryAfterMillis":400}"""))
                .isEqualTo(new ServerFrame.Rejected("c-9", "rate-limited", "m", true, Duration.ofMillis(400)));
        assertThat(FrameReader.read("{\"op\":\"error\",\"code\":\"bad-frame\",\"message\":\"m\",\"retryable\":false}"))
                .isEqualTo(new ServerFrame.Rejected(null, "bad-frame", "m", false, null));
    }

    @Test
    void answersDrainsAndAcceptancesAreRead() throws Exception {
        assertThat(FrameReader.read("{\"op\":\"answer\",\"re\":\"q-1\",\"outcome\":\"done\",\"data\":{}}"))
                .isEqualTo(new Answer("q-1", Outcome.DONE, JsonMapper.shared().createObjectNode()));
        assertThat(FrameReader.read("{\"op\":\"drain\",\"reconnectInMillis\":1234}"))
                .isEqualTo(new ServerFrame.Drain(Duration.ofMillis(1234)));
        assertThat(FrameReader.read("{\"op\":\"accepted\",\"id\":\"c-1\"}")).isEqualTo(new ServerFrame.Accepted("c-1"));
    }

    @Test
    void aRoomsEventHasNoPlaceInThePlayersStream() throws Exception {
        assertThat(FrameReader.read("{\"op\":\"event\",\"room\":\"match:9\",\"epoch\":\"e9\",\"seq\":8}"))
                .isEqualTo(new ServerFrame.Other("event"));
    }

    @Test
    void anOpThatIsNotKnownIsNoMistake() throws Exception {
        assertThat(FrameReader.read("{\"op\":\"fireworks\"}")).isEqualTo(new ServerFrame.Other("fireworks"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                                                  | frame: ARRAY (expected: a JSON object)
            {"op":7}                                                            | op: NUMBER (expected: a string)
            {"seq":1}                                                           | op: none (expected: a string)
            {"op":"event","seq":"1"}                                            | seq: STRING (expected: a whole number)
            {"op":"event","seq":0,"id":"e","type":"t"}                          | seq: 0 (expected: >= 1)
            {"op":"event","seq":1,"id":"e","type":"t","re":"c"}                 | re: c, outcome: null (expected: both, or none in a push)
            {"op":"event","seq":1,"id":"e","type":"t","repeat":true}            | repeat: of a push (expected: of an answer)
            {"op":"answer","re":"q","outcome":"maybe"}                          | outcome: maybe (expected: done, refused or failed)
            {"op":"accepted"}                                                   | id: none (expected: a string)
            {"op":"drain","reconnectInMillis":1.5}                              | reconnectInMillis: NUMBER (expected: a whole number)
            """)
    void whatIsNoFrameIsToldWithWhatWasExpected(String text, String message) {
        assertThatThrownBy(() -> FrameReader.read(text))
                .isInstanceOf(BadFrameException.class)
                .hasMessage(message);
    }

    @Test
    void whatIsNoJsonIsNoFrame() {
        assertThatThrownBy(() -> FrameReader.read("{\"op\":\"pong\"} {}")).isInstanceOf(BadFrameException.class);
        assertThatThrownBy(() -> FrameReader.read("{\"op\":\"pong\",\"op\":\"drain\"}"))
                .isInstanceOf(BadFrameException.class);
    }
}
