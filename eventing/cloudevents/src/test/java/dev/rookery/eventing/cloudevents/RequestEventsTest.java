package dev.rookery.eventing.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Lsn;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.contract.Sending;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RequestEventsTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final TraceHeaders TRACE =
            new TraceHeaders("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);
    private static final Request DEPOSIT = new Request(
            new PlayerId("p-7"),
            "c-1",
            new EventType("wallet.deposit"),
            "p-7",
            NOON,
            new Sending("s-1", 4, new Position("e1", 41)));

    @Test
    void whatIsWrittenIsReadAgain() {
        var event = RequestEvents.write(DEPOSIT, bytes("{}"), TRACE);

        assertThat(RequestEvents.read(event, Instant.EPOCH)).isEqualTo(DEPOSIT);
        assertThat(RequestEvents.trace(event)).isEqualTo(TRACE);
    }

    @Test
    void whatThePlayerHasSeenGoesAlong() {
        var seen = DEPOSIT.withSeen(Lsn.ofPostgres("16/B374D848"));

        var event = RequestEvents.write(seen, bytes("{}"), TRACE);

        assertThat(event.getExtension("lsn")).isEqualTo("00000016b374d848");
        assertThat(RequestEvents.read(event, Instant.EPOCH)).isEqualTo(seen);
    }

    @Test
    void aRecordCarriesKeyAndTraceForKafkaAndForCloudEvents() {
        var record = EventRecords.write("rookery.wallet.commands", RequestEvents.write(DEPOSIT, bytes("{}"), TRACE));

        assertThat(record.key()).isEqualTo("p-7");
        assertThat(header(record, "ce_partitionkey")).isEqualTo("p-7");
        assertThat(header(record, "traceparent")).isEqualTo(TRACE.traceparent());
        assertThat(header(record, "ce_traceparent")).isEqualTo(TRACE.traceparent());
        assertThat(header(record, "ce_source")).isEqualTo("/players/p-7");
        assertThat(header(record, "content-type")).isEqualTo("application/json");
        assertThat(new String(record.value(), StandardCharsets.UTF_8)).isEqualTo("{}");
    }

    @Test
    void aForeignProducerNeedsNoMoreThanTheRequiredAttributes() {
        var foreign = CloudEventBuilder.v1()
                .withId("f-1")
                .withSource(URI.create("/players/p-7"))
                .withType("wallet.deposit")
                .build();

        assertThat(RequestEvents.read(foreign, NOON))
                .isEqualTo(new Request(new PlayerId("p-7"), "f-1", new EventType("wallet.deposit"), "p-7", NOON, null));
    }

    @Test
    void namesTheAttributeThatIsWrong() {
        var foreign = CloudEventBuilder.v1()
                .withId("f-1")
                .withSource(URI.create("/houses/h-1"))
                .withType("wallet.deposit")
                .build();

        assertThatThrownBy(() -> RequestEvents.read(foreign, NOON))
                .hasMessage("source: /houses/h-1 (expected: /players/{player})");
    }

    @Test
    void aKeyThatNotEveryHopCarriesIsNone() {
        var foreign = CloudEventBuilder.v1()
                .withId("f-1")
                .withSource(URI.create("/players/p-7"))
                .withType("wallet.deposit")
                .withSubject("tür")
                .build();

        assertThatThrownBy(() -> RequestEvents.read(foreign, NOON))
                .hasMessage("key: 3 characters (expected: 1..256 of printable ASCII)");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String header(ProducerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
