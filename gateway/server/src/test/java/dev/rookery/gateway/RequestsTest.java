package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.contract.Lsn;
import dev.rookery.eventing.contract.PlayerId;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Commands and queries over a real socket to a real Kafka, and what the probe function makes of them.
class RequestsTest {

    @RegisterExtension
    static final RunningGateway gateway =
            RunningGateway.with("rookery.session.pending=4", "rookery.session.query-timeout=1s");

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());
    private final Probe probe = gateway.probe();
    private Client client;

    @BeforeEach
    void connect() {
        client = gateway.welcome(player);
    }

    @AfterEach
    void leave() {
        client.close();
    }

    @Test
    void aCommandIsAcceptedAndThenAnswered() {
        client.command("c-1", "probe.act", "{\"step\":7}");

        assertThat(client.nextText()).isEqualTo("{\"op\":\"accepted\",\"id\":\"c-1\"}");
        probe.decideNext(player);

        assertThat(client.nextText()).isEqualTo("""
                {"op":"event","seq":1,"id":"e-c-1","type":"probe.acted","re":"c-1","outcome":"done",\
                "time":"1970-01-01T00:00:00Z","data":{"step":7}}""");
    }

    @Test
    void onKafkaACommandIsACloudEvent() {
        client.act("c-1").act("c-2");

        var first = probe.decideNext(player);
        var second = probe.next(player);

        assertThat(first.kafka().topic()).isEqualTo("rookery.probe.commands");
        assertThat(first.kafka().key()).isEqualTo(player.value());
        assertThat(first.header("ce_specversion")).isEqualTo("1.0");
        assertThat(first.header("ce_id")).isEqualTo("c-1");
        assertThat(first.header("ce_source")).isEqualTo("/players/" + player);
        assertThat(first.header("ce_type")).isEqualTo("probe.act");
        assertThat(first.header("ce_subject")).isEqualTo(player.value());
        assertThat(first.header("ce_partitionkey")).isEqualTo(player.value());
        assertThat(first.header("ce_time")).endsWith("Z");
        assertThat(first.header("content-type")).isEqualTo("application/json");
        assertThat(first.data()).isEqualTo("{\"step\":1}");
        assertThat(first.header("ce_session")).startsWith("s-");
        assertThat(second.header("ce_session")).isEqualTo(first.header("ce_session"));
        assertThat(first.header("ce_sequence")).isEqualTo("1");
        assertThat(second.header("ce_sequence")).isEqualTo("2");
        assertThat(first.header("ce_position")).isEqualTo(probe.position(player).epoch() + "/0");
        assertThat(second.header("ce_position"))
                .isEqualTo(probe.position(player).epoch() + "/1");
    }

    @Test
    void aTraceGoesAlongInBothPlacesAndIsAnotherForEachMessage() {
        client.act("c-1").act("c-2");

        var first = Objects.requireNonNull(probe.decideNext(player).header("traceparent"));
        var next = probe.next(player);
        var second = Objects.requireNonNull(next.header("traceparent"));

        assertThat(first).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(next.header("ce_traceparent")).isEqualTo(second);
        assertThat(second.substring(3, 35)).isNotEqualTo(first.substring(3, 35));
    }

    @Test
    void aKeyInTheDataIsTheRecordsKey() {
        client.move("c-1", "t-9");

        var moved = probe.next(player);

        assertThat(moved.kafka().key()).isEqualTo("t-9");
        assertThat(moved.header("ce_partitionkey")).isEqualTo("t-9");
        assertThat(moved.header("ce_subject")).isEqualTo("t-9");
    }

    @Test
    void aQueryIsAnsweredOnceAndNotAccepted() {
        client.look("q-1");

        var query = probe.next(player);
        assertThat(query.kafka().topic()).isEqualTo("rookery.probe.queries");
        probe.answer(query, "{\"seen\":1}");
        probe.answer(query, "{\"seen\":1}");

        assertThat(client.nextText())
                .isEqualTo("{\"op\":\"answer\",\"re\":\"q-1\",\"outcome\":\"done\",\"data\":{\"seen\":1}}");
        client.assertSilent();
    }

    @Test
    void aQueryNamesTheNewestPlaceThatThePlayerWasToldOf() {
        client.look("q-1");
        assertThat(probe.next(player).header("ce_lsn")).isNull();
        told("c-1", Lsn.ofPostgres("10/0"));
        told("c-2", Lsn.ofPostgres("9/FFFFFFFF"));

        client.look("q-2");

        assertThat(probe.next(player).header("ce_lsn")).isEqualTo("0000001000000000");
    }

    @Test
    void aQueryNamesThePlaceThatARepeatToldOf() {
        told("c-1", Lsn.ofPostgres("10/0"));
        told("c-1", Lsn.ofPostgres("11/0"));

        client.look("q-1");

        assertThat(probe.next(player).header("ce_lsn")).isEqualTo("0000001100000000");
    }

    @Test
    void aCommandNamesNone() {
        told("c-1", Lsn.ofPostgres("10/0"));

        client.act("c-2");

        assertThat(probe.next(player).header("ce_lsn")).isNull();
    }

    private void told(String id, Lsn lsn) {
        client.act(id);
        client.next("accepted");
        probe.decide(probe.next(player), lsn);
        client.next("event");
    }

    @Test
    void queriesDoNotWaitForOneAnother() {
        client.look("q-1").look("q-2");
        var first = probe.next(player);
        var second = probe.next(player);

        probe.answer(second, "{}");
        probe.answer(first, "{}");

        assertThat(client.next("answer").path("re").asString()).isEqualTo("q-2");
        assertThat(client.next("answer").path("re").asString()).isEqualTo("q-1");
    }

    @Test
    void aQueryDoesNotWaitForACommand() {
        client.act("c-1").look("q-1");
        client.next("accepted");
        probe.next(player);

        probe.answer(probe.next(player), "{}");

        assertThat(client.next("answer").path("re").asString()).isEqualTo("q-1");
    }

    /// The place that the player has been given goes along, so that the query can be served from there on.
    @Test
    void aQueryTellsWhereThePlayerIs() {
        client.act("c-1");
        client.next("accepted");
        probe.decideNext(player);
        client.next("event");

        client.look("q-1");

        assertThat(probe.next(player).sending().position()).isEqualTo(probe.position(player));
    }

    @Test
    void aQueryThatNobodyAnswersIsUnavailableAndItsAnswerComesTooLate() {
        client.look("q-1");
        var query = probe.next(player);

        var error = client.next("error");
        probe.answer(query, "{}");

        assertThat(error.path("re").asString()).isEqualTo("q-1");
        assertThat(error.path("code").asString()).isEqualTo("unavailable");
        assertThat(error.path("retryable").asBoolean(false)).isTrue();
        client.assertSilent();
    }

    @Test
    void moreQueriesThanMayWaitAreBusy() {
        for (int i = 1; i <= 5; i++) {
            client.look("q-" + i);
        }

        var error = client.next("error");

        assertThat(error.path("re").asString()).isEqualTo("q-5");
        assertThat(error.path("code").asString()).isEqualTo("busy");
        probe.answer(probe.next(player), "{}");
        assertThat(client.next("answer").path("re").asString()).isEqualTo("q-1");
    }

    @Test
    void whatNoFunctionTakesIsRefusedAtTheEdge() {
        client.command("c-1", "probe.dance", "{}");
        client.command("c-2", "probe.look", "{}");
        client.command("c-3", "probe.wave", "{}");
        client.command("c-4", "probe.act", "{\"step\":0}");
        client.command("c-5", "probe.act", "{\"step\":1,\"x\":\"" + "x".repeat(256) + "\"}");
        client.command("c-6", "probe.move", "{\"table\":\"\"}");

        assertThat(client.next("error").path("code").asString()).isEqualTo("unknown-type");
        assertThat(client.next("error").path("code").asString()).isEqualTo("unknown-type");
        assertThat(client.next("error").path("code").asString()).isEqualTo("unknown-type");
        var invalid = client.next("error");
        assertThat(invalid.path("re").asString()).isEqualTo("c-4");
        assertThat(invalid.path("code").asString()).isEqualTo("invalid-data");
        assertThat(invalid.path("message").asString()).startsWith("/step: ");
        assertThat(client.next("error").path("code").asString()).isEqualTo("too-large");
        assertThat(client.next("error").path("code").asString()).isEqualTo("invalid-data");
        client.act("c-7");
        assertThat(probe.next(player).id()).isEqualTo("c-7");
    }

    @Test
    void commandsWithTheSameKeyTakeEffectOneAfterTheOther() {
        client.move("c-1", "t-1").move("c-2", "t-1").move("c-3", "t-1");
        var first = probe.next(player);
        assertThat(first.id()).isEqualTo("c-1");
        assertNothingElseIsOnKafka("c-9");

        probe.decide(first);

        assertThat(probe.decideNext(player).id()).isEqualTo("c-2");
        assertThat(probe.decideNext(player).id()).isEqualTo("c-3");
    }

    @Test
    void aCommandSentAgainWhileItIsUndecidedIsAnsweredOnceForEachSending() {
        client.act("c-1").act("c-1");
        client.next("accepted");
        client.next("accepted");
        var first = probe.next(player);
        var again = probe.next(player);

        probe.decide(first);
        probe.decide(again);

        assertThat(again.sending().sequence()).isEqualTo(2);
        assertThat(client.next("event").has("repeat")).isFalse();
        var repeat = client.next("event");
        assertThat(repeat.path("repeat").asBoolean(false)).isTrue();
        assertThat(repeat.path("seq").asLong()).isEqualTo(1);
        client.assertSilent();
    }

    /// It has the event's old place, which is behind where the client is: what comes next is the next.
    @Test
    void aRepeatDoesNotMoveThePosition() {
        client.act("c-1");
        client.next("accepted");
        probe.decideNext(player);
        probe.push(player, 2, "{}");
        for (int i = 1; i <= 3; i++) {
            assertThat(client.next("event").path("seq").asLong()).isEqualTo(i);
        }

        client.act("c-1");
        client.next("accepted");
        var again = probe.decideNext(player);
        var repeat = client.next("event");
        probe.push(player, 1, "{}");

        assertThat(again.sending().position().seq()).isEqualTo(3);
        assertThat(repeat.path("repeat").asBoolean(false)).isTrue();
        assertThat(repeat.path("seq").asLong()).isEqualTo(1);
        assertThat(client.next("event").path("seq").asLong()).isEqualTo(4);
    }

    @Test
    void anIdThatStandsForAnotherCommandIsRefusedAndTheNextGoes() {
        client.act("c-1").act("c-2");
        client.next("accepted");

        probe.reject(probe.next(player), "id-reused");

        var error = client.next("error");
        assertThat(error.path("re").asString()).isEqualTo("c-1");
        assertThat(error.path("code").asString()).isEqualTo("id-reused");
        assertThat(error.path("retryable").asBoolean(true)).isFalse();
        assertThat(probe.next(player).id()).isEqualTo("c-2");
    }

    @Test
    void moreCommandsThanMayBePendingAreBusy() {
        client.act("c-1");
        client.next("accepted");
        for (int i = 2; i <= 5; i++) {
            client.act("c-" + i);
        }

        var told = client.next("error");

        assertThat(told.path("re").asString()).isEqualTo("c-5");
        assertThat(told.path("code").asString()).isEqualTo("busy");
        assertThat(told.path("retryable").asBoolean(false)).isTrue();
        assertThat(told.path("retryAfterMillis").asInt(0)).isPositive();
    }

    @Test
    void pushesComeByThemselves() {
        probe.push(player, 1, "{\"turn\":true}");

        var event = client.next("event");

        assertThat(event.path("type").asString()).isEqualTo("probe.happened");
        assertThat(event.has("re")).isFalse();
        assertThat(event.path("data").toString()).isEqualTo("{\"turn\":true}");
    }

    /// A command with another key comes next on the same partition: nothing was before it.
    private void assertNothingElseIsOnKafka(String id) {
        client.move(id, "another " + id);
        var other = probe.next(player);
        assertThat(other.id()).isEqualTo(id);
        probe.decide(other);
    }
}
