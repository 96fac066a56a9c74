package dev.rookery.eventing.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.stream.StreamMessage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Deliveries as Knative makes them, against a real function process with real PostgreSQL, Redis and Kafka.
class DeliveryTest {

    @RegisterExtension
    static final ProbeFunction function = new ProbeFunction();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());
    private ProbeFunction.Ear ear;

    @BeforeEach
    void listen() {
        ear = function.listen(player);
    }

    @AfterEach
    void stopListening() {
        ear.close();
    }

    @Test
    void aCommandHasItsEffectAndThePlayerHearsOfIt() {
        var delivered = deliver(act("c-1", "well"));

        assertThat(delivered.statusCode()).isEqualTo(204);
        assertThat(function.effects("c-1", player)).isEqualTo(1);
        assertThat(ear.next()).isInstanceOfSatisfying(StreamMessage.Event.class, event -> {
            assertThat(event.re()).isEqualTo("c-1");
            assertThat(event.position().seq()).isEqualTo(1);
            assertThat(event.event()).contains("\"type\":\"probe.acted\"", "\"re\":\"c-1\"", "\"outcome\":\"done\"");
        });
    }

    @Test
    void aRedeliveryChangesNothingAndTellsNobody() {
        deliver(act("c-1", "well"));

        assertThat(deliver(act("c-1", "well")).statusCode()).isEqualTo(204);

        assertThat(function.effects("c-1", player)).isEqualTo(1);
        assertThat(ear.next()).isInstanceOf(StreamMessage.Event.class);
        ear.assertSilent();
    }

    @Test
    void aCommandSentAgainIsAnsweredWithTheSameBytes() {
        deliver(act("c-1", "well"));

        deliver(act("c-1", "well").setHeader("ce-sequence", "2"));

        var first = (StreamMessage.Event) ear.next();
        var again = (StreamMessage.Repeat) ear.next();
        assertThat(again.event()).isEqualTo(first.event());
        assertThat(again.session()).isEqualTo("s-1");
        assertThat(again.seq()).isEqualTo(1);
        assertThat(function.effects("c-1", player)).isEqualTo(1);
    }

    @Test
    void fieldsInAnotherOrderAreTheSameCommand() {
        deliver(act("c-1", "{\"how\":\"well\",\"x\":{\"a\":1,\"b\":2}}", 1));

        deliver(act("c-1", "{\"x\":{\"b\":2,\"a\":1}, \"how\":\"well\"}", 2));

        assertThat(ear.next()).isInstanceOf(StreamMessage.Event.class);
        assertThat(ear.next()).isInstanceOf(StreamMessage.Repeat.class);
    }

    @Test
    void aRefusalStaysARefusal() {
        deliver(act("c-1", "not"));

        deliver(act("c-1", "not").setHeader("ce-sequence", "2"));

        assertThat(((StreamMessage.Event) ear.next()).event()).contains("\"outcome\":\"refused\"", "\"not-today\"");
        assertThat(((StreamMessage.Repeat) ear.next()).event()).contains("\"outcome\":\"refused\"");
    }

    @Test
    void theSameIdWithOtherContentIsRejectedAndHasNoEffect() {
        deliver(act("c-1", "well"));
        ear.next();

        assertThat(deliver(act("c-1", "{\"how\":\"well\",\"more\":1}", 2)).statusCode())
                .isEqualTo(204);

        assertThat(ear.next())
                .isInstanceOfSatisfying(
                        StreamMessage.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("id-reused"));
        assertThat(function.effects("c-1", player)).isEqualTo(1);
    }

    @Test
    void twoDeliveriesAtTheSameMomentHaveOneEffect() {
        var deliveries = new ArrayList<CompletableFuture<HttpResponse<String>>>();

        function.whileThePlayerIsLocked(player, () -> {
            deliveries.add(deliverAsync(act("c-1", "well")));
            deliveries.add(deliverAsync(act("c-1", "well")));
            await().until(() -> function.waitingForALock() == 2);
        });

        assertThat(deliveries)
                .allSatisfy(each -> assertThat(each.join().statusCode()).isEqualTo(204));
        assertThat(function.effects("c-1", player)).isEqualTo(1);
    }

    @Test
    void twoDeliveriesUnderDifferentLocksMeetInTheInbox() {
        var deliveries = new ArrayList<CompletableFuture<HttpResponse<String>>>();

        function.whileTheInboxIsTaken(player, "c-1", () -> {
            deliveries.add(deliverAsync(act("c-1", "well")));
            await().until(() -> function.waitingForALock() == 1);
        });

        assertThat(deliveries.getFirst().join().statusCode()).isEqualTo(204);
        assertThat(function.effects("c-1", player)).isZero();
        assertThat(((StreamMessage.Rejected) ear.next()).code()).isEqualTo("id-reused");
    }

    @Test
    void oneMoreThanMayRunHasToWait() {
        var deliveries = new ArrayList<CompletableFuture<HttpResponse<String>>>();

        function.whileThePlayerIsLocked(player, () -> {
            for (int n = 1; n <= 8; n++) {
                deliveries.add(deliverAsync(act("c-" + n, "well")));
            }
            await().until(() -> function.waitingForALock() == 8);

            assertThat(deliverAsync(act("c-9", "well")))
                    .succeedsWithin(Duration.ofSeconds(60))
                    .extracting(HttpResponse::statusCode)
                    .isEqualTo(503);
        });

        assertThat(deliveries)
                .allSatisfy(each -> assertThat(each.join().statusCode()).isEqualTo(204));
    }

    /// Its transaction may be others' as well: it is not interrupted, and keeps its place.
    @Test
    void whoHangsUpEndsNothingThatHasBegun() {
        function.whileThePlayerIsLocked(player, () -> {
            var deliveries = IntStream.rangeClosed(1, 8)
                    .mapToObj(n -> deliverAsync(act("c-" + n, "well")))
                    .toList();
            await().until(() -> function.waitingForALock() == 8);
            deliveries.forEach(each -> each.cancel(true));

            for (int n = 1; n <= 20; n++) {
                assertThat(deliver(query("q-" + n, "well", Instant.now())).statusCode())
                        .isEqualTo(503);
            }
        });

        await().untilAsserted(() -> assertThat(
                        IntStream.rangeClosed(1, 8).mapToObj(n -> function.effects("c-" + n, player)))
                .allMatch(effects -> effects == 1));
    }

    @Test
    void whoeverIsAnsweredMaySendTheNextAtOnce() {
        var senders = new ArrayList<CompletableFuture<Void>>();
        for (int sender = 0; sender < 8; sender++) {
            var name = "c-" + sender + "-";
            senders.add(CompletableFuture.runAsync(
                    () -> {
                        for (int n = 0; n < 50; n++) {
                            assertThat(deliver(query(name + n, "well", Instant.now()))
                                            .statusCode())
                                    .isEqualTo(204);
                        }
                    },
                    each -> Thread.ofPlatform().start(each)));
        }

        assertThat(senders).allSatisfy(sender -> assertThat(sender).succeedsWithin(Duration.ofSeconds(60)));
    }

    @Test
    void aCommandThatThrowsFailsForGoodAfterItsTries() {
        assertThat(deliver(act("c-1", "throwing")).statusCode()).isEqualTo(500);
        assertThat(deliver(act("c-1", "throwing")).statusCode()).isEqualTo(500);
        var last = deliver(act("c-1", "throwing"));

        assertThat(last.statusCode()).isEqualTo(400);
        assertThat(last.body()).isEqualTo("internal: the command could not be carried out");
        assertThat(((StreamMessage.Event) ear.next()).event())
                .contains("\"type\":\"probe.failed\"", "\"outcome\":\"failed\"", "\"code\":\"internal\"");
        assertThat(function.effects("c-1", player)).isZero();
        assertThat(function.failure(player, "c-1")).isEqualTo("{\"how\":\"throwing\"}");
    }

    @Test
    void afterAFailureTheKeysLaterCommandsGoOn() {
        deliver(act("c-1", "throwing"));
        deliver(act("c-1", "throwing"));
        deliver(act("c-1", "throwing"));

        assertThat(deliver(act("c-2", "well")).statusCode()).isEqualTo(204);
    }

    @Test
    void dataThatDoesNotFitTheSchemaIsADeadLetterAndThePlayerIsTold() {
        var delivered = deliver(act("c-1", "{\"how\":\"badly\"}", 1));

        assertThat(delivered.statusCode()).isEqualTo(400);
        assertThat(delivered.body()).startsWith("invalid-data: data: /how");
        assertThat(((StreamMessage.Event) ear.next()).event()).contains("\"code\":\"invalid-data\"");
    }

    @Test
    void dataThatIsNoJsonIsADeadLetterAndThePlayerIsTold() {
        assertThat(deliver(act("c-1", "{\"how\":", 1)).statusCode()).isEqualTo(400);

        assertThat(((StreamMessage.Event) ear.next()).event())
                .contains("\"outcome\":\"failed\"", "\"message\":\"data: does not fit probe.act\"");
    }

    @Test
    void aForeignProducersCommandNeedsNoSession() {
        var foreign = event("f-1", "probe.act").POST(HttpRequest.BodyPublishers.ofString("{\"how\":\"well\"}"));

        assertThat(deliver(foreign).statusCode()).isEqualTo(204);

        assertThat(((StreamMessage.Event) ear.next()).re()).isEqualTo("f-1");
    }

    @Test
    void whatIsNoCloudEventIsADeadLetterWithTheReason() {
        var delivered =
                deliver(HttpRequest.newBuilder(function.url()).POST(HttpRequest.BodyPublishers.ofString("hello")));

        assertThat(delivered.statusCode()).isEqualTo(400);
        assertThat(delivered.body()).startsWith("not a CloudEvent: ");
    }

    @Test
    void whatIsNoPlayersIsADeadLetterWithTheReason() {
        var delivered = deliver(HttpRequest.newBuilder(function.url())
                .header("ce-specversion", "1.0")
                .header("ce-id", "partition:0/offset:7")
                .header("ce-source", "/apis/v1/namespaces/rookery/kafkasources/probe-commands#rookery.probe.commands")
                .header("ce-type", "dev.knative.kafka.event")
                .POST(HttpRequest.BodyPublishers.ofString("hello")));

        assertThat(delivered.statusCode()).isEqualTo(400);
        assertThat(delivered.body()).startsWith("not a player's request: source: ");
    }

    @Test
    void aTypeThatNobodyListsIsADeadLetterWithTheReason() {
        var delivered = deliver(event("c-1", "probe.dance").POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(delivered.statusCode()).isEqualTo(400);
        assertThat(delivered.body()).isEqualTo("type: probe.dance (expected: one that the catalog lists)");
    }

    @Test
    void withoutRedisACommandIsCommittedAndItsRedeliveryTells() {
        function.whileRedisIsStopped(
                () -> assertThat(deliver(act("c-1", "well")).statusCode()).isEqualTo(503));
        assertThat(function.effects("c-1", player)).isEqualTo(1);

        await().until(() -> deliver(act("c-1", "well")).statusCode() == 204);

        assertThat(ear.next()).isInstanceOf(StreamMessage.Event.class);
        assertThat(function.effects("c-1", player)).isEqualTo(1);
    }

    @Test
    void withoutPostgresACommandHasToWait() {
        function.whilePostgresIsStopped(
                () -> assertThat(deliver(act("c-1", "well")).statusCode()).isEqualTo(503));

        await().until(() -> deliver(act("c-1", "well")).statusCode() == 204);

        assertThat(function.effects("c-1", player)).isEqualTo(1);
    }

    @Test
    void factsAreToldToOtherFunctions() {
        deliver(act("c-" + player, "well"));

        assertThat(function.fact("fact-c-" + player))
                .containsEntry("ce_type", "probe.acted")
                .containsEntry("ce_subject", "k");
    }

    @Test
    void theTimersEventRunsTheChores() {
        int before = function.chores();

        assertThat(deliver(function.ping()).statusCode()).isEqualTo(204);

        assertThat(function.chores()).isEqualTo(before + 1);
    }

    @Test
    void theTraceOfTheDeliveryIsTheCommands() {
        deliver(act("c-1", "well").header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        var event = (StreamMessage.Event) ear.next();
        assertThat(event.event()).contains("\"trace\":\"0af7651916cd43dd8448eb211c80319c\"");
        assertThat(event.traceparent()).startsWith("00-0af7651916cd43dd8448eb211c80319c-");
    }

    @Test
    void aQueryIsAnsweredToItsSession() {
        deliver(query("q-1", "well", Instant.now()));

        assertThat(ear.next()).isInstanceOfSatisfying(StreamMessage.Answered.class, answered -> {
            assertThat(answered.session()).isEqualTo("s-1");
            assertThat(answered.re()).isEqualTo("q-1");
            assertThat(answered.answer()).startsWith("{\"outcome\":\"done\",\"data\":{\"effects\":");
        });
    }

    @Test
    void aQueryThatThrowsIsAnsweredFailedAtOnce() {
        assertThat(deliver(query("q-1", "throwing", Instant.now())).statusCode())
                .isEqualTo(204);

        assertThat(((StreamMessage.Answered) ear.next()).answer()).startsWith("{\"outcome\":\"failed\"");
    }

    @Test
    void aQueryThatNobodyWaitsForIsDropped() {
        assertThat(deliver(query("q-1", "well", Instant.now().minusSeconds(31))).statusCode())
                .isEqualTo(204);
        deliver(query("q-2", "well", Instant.now()));

        assertThat(((StreamMessage.Answered) ear.next()).re()).isEqualTo("q-2");
    }

    @Test
    void theInboxIsAppendOnlyForEverybody() {
        deliver(act("c-1", "well"));

        assertThat(function.refusalOf("delete from probe.inbox")).contains("inbox is append-only: delete refused");
        assertThat(function.refusalOf("update probe.inbox set ending = 'done'")).contains("update refused");
        assertThat(function.refusalOf("truncate probe.inbox")).contains("truncate refused");
    }

    private HttpRequest.Builder act(String id, String how) {
        return act(id, "{\"how\":\"" + how + "\"}", 1);
    }

    /// @param sequence counts the session's sendings
    private HttpRequest.Builder act(String id, String data, int sequence) {
        return event(id, "probe.act")
                .header("ce-session", "s-1")
                .header("ce-sequence", Integer.toString(sequence))
                .header("ce-position", ear.position())
                .POST(HttpRequest.BodyPublishers.ofString(data));
    }

    private HttpRequest.Builder query(String id, String how, Instant time) {
        return event(id, "probe.count-effects")
                .header("ce-session", "s-1")
                .header("ce-sequence", "1")
                .header("ce-position", ear.position())
                .header("ce-time", time.toString())
                .POST(HttpRequest.BodyPublishers.ofString("{\"how\":\"" + how + "\"}"));
    }

    private HttpRequest.Builder event(String id, String type) {
        return HttpRequest.newBuilder(function.url())
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", player.source())
                .header("ce-type", type)
                .header("content-type", "application/json");
    }

    private static HttpResponse<String> deliver(HttpRequest.Builder request) {
        return deliverAsync(request).join();
    }

    private static CompletableFuture<HttpResponse<String>> deliverAsync(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
