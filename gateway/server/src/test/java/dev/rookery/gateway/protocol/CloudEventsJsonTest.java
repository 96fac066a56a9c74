package dev.rookery.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.contract.Catalog;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Lane;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.RoomId;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// What is written is read by the CloudEvents SDK, which knows nothing of ours.
class CloudEventsJsonTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final CloudEventsJson dialect = new CloudEventsJson(Catalog.of(List.of(
            new Catalog.Entry(
                    new EventType("wallet.deposit"), Lane.COMMAND, new Catalog.KeyRule.Player(), "{}", 1_000, 10),
            new Catalog.Entry(
                    new EventType("wallet.balance"), Lane.QUERY, new Catalog.KeyRule.Player(), "{}", 1_000, 10))));

    @Test
    void theCatalogTellsCommandsFromQueries() throws BadFrameException {
        assertThat(dialect.read(event("wallet.deposit", "{\"a\":1}")))
                .isEqualTo(new ClientFrame.Command("c-1", new EventType("wallet.deposit"), JSON.readTree("{\"a\":1}")));
        assertThat(dialect.read(event("wallet.balance", "{}")))
                .isEqualTo(new ClientFrame.Query("c-1", new EventType("wallet.balance"), JSON.readTree("{}")));
        assertThat(dialect.read(event("nobody.knows", "{}"))).isInstanceOf(ClientFrame.Command.class);
    }

    @Test
    void theOtherFramesAreOurTypes() throws BadFrameException {
        assertThat(dialect.read(event("rookery.join", "{\"room\":\"open:a\",\"since\":{\"epoch\":\"e\",\"seq\":7}}")))
                .isEqualTo(new ClientFrame.Join("c-1", new RoomId("open:a"), new Position("e", 7)));
        assertThat(dialect.read(event("rookery.cast", "{\"room\":\"open:a\",\"data\":[1]}")))
                .isEqualTo(new ClientFrame.Cast(new RoomId("open:a"), JSON.readTree("[1]")));
        assertThat(dialect.read(event("rookery.ping", "{\"at\":5}")))
                .isEqualTo(new ClientFrame.Ping(JSON.readTree("5")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"op":"ping"}                                                              | id: none (expected: a CloudEvent in structured JSON)
            {"id":"c-1","source":"/me","type":"a.b"}                                   | specversion: none (expected: a CloudEvent in structured JSON)
            {"specversion":"0.3","id":"c-1","source":"/me","type":"a.b"}               | specversion: 0.3 (expected: 1.0)
            {"specversion":"1.0","id":"c-1","type":"a.b"}                              | source: none (expected: a CloudEvent in structured JSON)
            {"specversion":"1.0","id":"c-1","source":"/me"}                            | type: none (expected: a CloudEvent in structured JSON)
            {"specversion":"1.0","id":"c-1","source":"/me","type":"rookery.ping","data":7} | data: NUMBER (expected: a JSON object)
            {"specversion":"1.0","id":"c-1","source":"/me","type":"A"}                 | type: A (expected: function.name in lower case)
            """)
    void whatIsNoEventIsRefusedWithWhatWasDue(String text, String complaint) {
        assertThatThrownBy(() -> dialect.read(text))
                .isInstanceOf(BadFrameException.class)
                .hasMessage(complaint);
    }

    @Test
    void anEventKeepsItsNameAndSaysWhatItAnswers() {
        var event = written(ServerFrames.event(42, """
                {"id":"e-1","type":"wallet.deposited","re":"c-1","outcome":"done","time":"2026-01-02T03:04:05Z","data":{"x":1}}"""));

        assertThat(event.getId()).isEqualTo("e-1");
        assertThat(event.getType()).isEqualTo("wallet.deposited");
        assertThat(event.getSource()).hasToString("/functions/wallet");
        assertThat(event.getSubject()).isEqualTo("c-1");
        assertThat(event.getTime()).hasToString("2026-01-02T03:04:05Z");
        assertThat(event.getExtension("seq")).isEqualTo("42");
        assertThat(event.getExtension("outcome")).isEqualTo("done");
        assertThat(data(event)).isEqualTo("{\"x\":1}");
    }

    @Test
    void aRoomsEventNamesItsRoom() {
        var event = written(ServerFrames.roomEvent(
                new RoomId("match:9"), new Position("e9", 8), "{\"id\":\"e-1\",\"type\":\"match.moved\",\"data\":{}}"));

        assertThat(event.getExtension("room")).isEqualTo("match:9");
        assertThat(event.getExtension("epoch")).isEqualTo("e9");
        assertThat(event.getSubject()).isNull();
    }

    @Test
    void answersNameTheirQueryAndErrorsWhatHadNoEffect() {
        assertThat(written(ServerFrames.answer("q-1", "{\"outcome\":\"done\",\"data\":{}}"))
                        .getSubject())
                .isEqualTo("q-1");
        assertThat(written(ServerFrames.accepted("c-1")).getSubject()).isEqualTo("c-1");

        var error = written(ServerFrames.error("c-9", ErrorCode.BUSY, "full", null));
        assertThat(error.getType()).isEqualTo("rookery.error");
        assertThat(error.getSubject()).isEqualTo("c-9");
        assertThat(data(error)).isEqualTo("{\"code\":\"busy\",\"message\":\"full\",\"retryable\":true}");
    }

    @Test
    void everyOtherFrameIsAnEventOfOurs() {
        var cast = written(ServerFrames.cast(new RoomId("open:a"), new PlayerId("p-7"), "{}"));

        assertThat(cast.getType()).isEqualTo("rookery.cast");
        assertThat(cast.getSource()).hasToString("/gateway");
        assertThat(data(cast)).isEqualTo("{\"room\":\"open:a\",\"from\":\"p-7\",\"data\":{}}");
    }

    private CloudEvent written(String frame) {
        var format = Objects.requireNonNull(EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE));
        return format.deserialize(dialect.write(frame).getBytes(StandardCharsets.UTF_8));
    }

    private static String data(CloudEvent event) {
        return new String(Objects.requireNonNull(event.getData()).toBytes(), StandardCharsets.UTF_8);
    }

    private static String event(String type, String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"c-1\",\"source\":\"/me\",\"type\":\"%s\",\"data\":%s}"
                .formatted(type, data);
    }
}
