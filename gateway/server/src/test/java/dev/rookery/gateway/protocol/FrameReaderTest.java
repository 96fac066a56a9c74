package dev.rookery.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FrameReaderTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void aHelloHasATokenAndWhatTheClientLastSaw() throws Exception {
        var frame = FrameReader.read("""
                {"op":"hello","token":"t","resume":{"epoch":"e1","seq":41},"client":{"name":"n","version":"1"}}""");

        assertThat(frame).isEqualTo(new ClientFrame.Hello("t", new Position("e1", 41)));
    }

    @Test
    void aFirstHelloResumesNothing() throws Exception {
        assertThat(FrameReader.read("{\"op\":\"hello\",\"token\":\"t\"}")).isEqualTo(new ClientFrame.Hello("t", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "{}",
                "{\"epoch\":\"e1\"}",
                "{\"epoch\":\"\",\"seq\":1}",
                "{\"epoch\":\"e1\",\"seq\":-1}",
                "{\"epoch\":\"e 1\",\"seq\":1}",
                "{\"epoch\":\"e1\",\"seq\":123456789012345678901234567890}",
                "{\"epoch\":7,\"seq\":\"x\"}"
            })
    void aPositionThatCannotBeOneResumesNothing(String resume) throws Exception {
        var frame = FrameReader.read("{\"op\":\"hello\",\"token\":\"t\",\"resume\":" + resume + "}");

        assertThat(frame).isEqualTo(new ClientFrame.Hello("t", null));
    }

    @Test
    void commandsAndQueriesHaveIdTypeAndData() throws Exception {
        var data = JSON.readTree("{\"a\":[1,2]}");

        assertThat(FrameReader.read(
                        "{\"op\":\"command\",\"id\":\"c-1\",\"type\":\"wallet.deposit\",\"data\":{\"a\":[1,2]}}"))
                .isEqualTo(new ClientFrame.Command("c-1", new EventType("wallet.deposit"), data));
        assertThat(FrameReader.read(
                        "{\"op\":\"query\",\"id\":\"q-1\",\"type\":\"wallet.balance\",\"data\":{\"a\":[1,2]}}"))
                .isEqualTo(new ClientFrame.Query("q-1", new EventType("wallet.balance"), data));
    }

    @Test
    void theRestAreFramesToo() throws Exception {
        assertThat(FrameReader.read("{\"op\":\"ping\",\"at\":123}"))
                .isEqualTo(new ClientFrame.Ping(JSON.readTree("123")));
        assertThat(FrameReader.read("{\"op\":\"ping\"}")).isEqualTo(new ClientFrame.Ping(null));
        assertThat(FrameReader.read("{\"op\":\"refresh\",\"token\":\"t\"}")).isEqualTo(new ClientFrame.Refresh("t"));
        assertThat(FrameReader.read("{\"op\":\"ack\",\"seq\":44}")).isEqualTo(new ClientFrame.Ack(44));
    }

    @Test
    void aFieldThatIsNotKnownIsIgnored() throws Exception {
        assertThat(FrameReader.read("{\"op\":\"ack\",\"seq\":44,\"later\":{\"more\":true}}"))
                .isEqualTo(new ClientFrame.Ack(44));
    }

    /// A number with a fraction stays what the client wrote: money must not become a binary fraction on the way.
    @Test
    void numbersKeepTheirDigits() throws Exception {
        var frame = FrameReader.read(
                "{\"op\":\"command\",\"id\":\"c-1\",\"type\":\"a.b\",\"data\":{\"x\":0.1000000000000000055511151231257827}}");

        assertThat(((ClientFrame.Command) frame).data().toString())
                .isEqualTo("{\"x\":0.1000000000000000055511151231257827}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                   | frame: MISSING (expected: a JSON object)
            [1]                                                  | frame: ARRAY (expected: a JSON object)
            null                                                 | frame: NULL (expected: a JSON object)
            {}                                                   | op: none (expected: a string)
            {"op":7}                                             | op: NUMBER (expected: a string)
            {"op":"dance"}                                       | op: dance (expected: hello, command, query, join, leave, cast, ping, refresh or ack)
            {"op":"hello"}                                       | token: none (expected: a string)
            {"op":"refresh","token":7}                           | token: NUMBER (expected: a string)
            {"op":"ack"}                                         | seq: none (expected: a number)
            {"op":"ack","seq":"44"}                              | seq: STRING (expected: a number)
            {"op":"ack","seq":4.5}                               | seq: NUMBER (expected: a number)
            {"op":"command","type":"a.b","data":{}}              | id: none (expected: a string)
            {"op":"command","id":"a b","type":"a.b","data":{}}   | id: a b (expected: 1 to 64 characters of A-Z a-z 0-9 . _ : -)
            {"op":"command","id":"c-1","data":{}}                | type: none (expected: a string)
            {"op":"command","id":"c-1","type":"A.b","data":{}}   | type: A.b (expected: function.name in lower case)
            {"op":"query","id":"q-1","type":"a.b"}               | data: none (expected: what the type's schema says)
            """)
    void whatIsNoFrameIsRefusedWithWhatWasDue(String text, String complaint) {
        assertThatThrownBy(() -> FrameReader.read(text))
                .isInstanceOf(BadFrameException.class)
                .hasMessage(complaint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"op\":\"ping\"} {\"op\":\"ping\"}",
                "{\"op\":\"ping\",\"op\":\"ack\"}",
                "{\"op\":\"command\",\"id\":\"c-1\",\"type\":\"a.b\",\"data\":{\"amount\":1,\"amount\":1000}}",
                "{'op':'ping'}",
                "{\"op\":\"ping\",\"at\":NaN}"
            })
    void whatIsNotJsonIsRefused(String text) {
        assertThatThrownBy(() -> FrameReader.read(text))
                .isInstanceOf(BadFrameException.class)
                .hasMessageStartingWith("not JSON: ");
    }

    @Test
    void jsonThatIsTooDeepIsRefused() {
        var text = "{\"op\":\"ping\",\"at\":" + "[".repeat(4_000) + "]".repeat(4_000) + "}";

        assertThatThrownBy(() -> FrameReader.read(text)).isInstanceOf(BadFrameException.class);
    }

    @Test
    void aBadFrameIsAnsweredByItsIdWhenThatCanBeTold() {
        assertThat(refusal("{\"op\":\"command\",\"id\":\"c-1\",\"type\":\"A\"}").re())
                .isEqualTo("c-1");
        assertThat(refusal("{\"op\":\"command\",\"id\":\"no id\",\"type\":\"a.b\"}")
                        .re())
                .isNull();
        assertThat(refusal("{\"op\":\"command\"").re()).isNull();
    }

    @Test
    void whatIsShownOfABadFrameIsShort() {
        var complaint = refusal("{\"op\":\"" + "x".repeat(10_000) + "\"}").getMessage();

        assertThat(complaint).hasSizeLessThan(200);
    }

    private static BadFrameException refusal(String text) {
        return catchThrowableOfType(BadFrameException.class, () -> FrameReader.read(text));
    }
}
