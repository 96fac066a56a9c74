package dev.rookery.eventing.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.Lsn;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.stream.StreamMessage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Where queries are read, with a real streaming replica that is halted, killed and back.
class ReplicaReadsTest {

    @RegisterExtension
    static final ProbeFunction function = ProbeFunction.withReplica();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());
    private ProbeFunction.Ear ear;
    private int queries;

    @BeforeEach
    void listen() {
        ear = function.listen(player);
        awaitReplica();
    }

    @AfterEach
    void stopListening() {
        ear.close();
    }

    @Test
    void aQueryOfAPlayerWhoWasToldNothingIsReadFromTheReplica() {
        double before = function.served("replica");

        assertThat(effects(null)).isZero();

        assertThat(function.served("replica")).isEqualTo(before + 1);
    }

    @Test
    void anOutcomeTellsWhereItWasCommittedAndARepeatWhereTheLogIsByThen() {
        var first = act("c-1");
        act("c-2");

        deliver(event("c-1", "probe.act", 2, "{\"how\":\"well\"}"));

        var repeated = (StreamMessage.Repeat) ear.next();
        assertThat(Objects.requireNonNull(repeated.lsn())).isGreaterThan(first);
    }

    @Test
    void whatThePlayerWasToldIsReadFromTheReplicaOnceItHasIt() {
        double before = fromReplica();
        var committed = act("c-1");
        function.awaitReplay(committed);

        assertThat(effects(committed)).isEqualTo(1);

        assertThat(fromReplica()).isEqualTo(before + 1);
    }

    @Test
    void aReplicaThatIsBehindIsWaitedForAndThenThePrimaryIsRead() {
        double before = function.served("primary-behind");

        function.whileReplayIsPaused(() -> {
            var committed = act("c-1");

            assertThat(effects(null)).as("what the replica has").isZero();
            assertThat(effects(committed)).isEqualTo(1);
        });

        assertThat(function.served("primary-behind")).isEqualTo(before + 1);
    }

    @Test
    void aReplicaThatCatchesUpInTimeIsRead() {
        double before = function.served("replica-waited");
        var answered = new CompletableFuture<Integer>();

        function.whileReplayIsPaused(() -> {
            var committed = act("c-1");
            var since = function.replicaClock();
            Thread.ofPlatform().start(() -> answered.complete(effects(committed)));
            await().until(() -> function.howFarWasAskedSince(since));
        });

        assertThat(answered).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(1);
        assertThat(function.served("replica-waited")).isEqualTo(before + 1);
    }

    @Test
    void withoutTheReplicaQueriesAndCommandsGoOnAndWhenItIsBackItIsRead() {
        double lost = function.served("primary-lost");

        function.whileTheReplicaIsKilled(() -> {
            var committed = act("c-1");
            assertThat(effects(committed)).isEqualTo(1);
            assertThat(effects(act("c-2"))).isEqualTo(2);
        });

        assertThat(function.served("primary-lost")).isEqualTo(lost + 2);
        awaitReplica();
    }

    @Test
    void aReplicaThatIsHaltedHoldsUpNobodyForLong() {
        effects(null);

        function.whileTheReplicaIsHalted(() -> assertThat(effects(act("c-1"))).isEqualTo(1));
    }

    @Test
    void aCommandIsDecidedWithoutTheReplica() {
        double before = function.served();

        function.whileReplayIsPaused(() -> act("c-1"));
        function.whileTheReplicaIsKilled(() -> act("c-2"));

        assertThat(function.effects("c-1", player) + function.effects("c-2", player))
                .isEqualTo(2);
        assertThat(function.served()).isEqualTo(before);
    }

    @Test
    void howFarTheReplicaIsBehindIsMeasured() {
        function.whileReplayIsPaused(() -> {
            act("c-1");

            assertThat(function.replicaLagBytes()).isPositive();
        });

        await().until(() -> function.replicaLagBytes() == 0);
    }

    @Test
    void ofALostReplicaNothingIsMeasured() {
        function.whileTheReplicaIsKilled(
                () -> assertThat(function.replicaLagBytes()).isNaN());

        awaitReplica();
    }

    @Test
    void aQueryDecidesNothing() {
        assertThat(ask("writing", null)).startsWith("{\"outcome\":\"failed\"");

        function.whileTheReplicaIsKilled(() -> assertThat(ask("writing", null)).startsWith("{\"outcome\":\"failed\""));

        assertThat(function.effects("q", player)).isZero();
    }

    /// The test before may have taken it away.
    private void awaitReplica() {
        await().until(() -> {
            double before = fromReplica();
            effects(null);
            return fromReplica() > before;
        });
    }

    private double fromReplica() {
        return function.served("replica") + function.served("replica-waited");
    }

    /// @return where the outcome says that it was committed
    private Lsn act(String id) {
        assertThat(deliver(event(id, "probe.act", 1, "{\"how\":\"well\"}")).statusCode())
                .isEqualTo(204);
        return Objects.requireNonNull(((StreamMessage.Event) ear.next()).lsn());
    }

    /// How many effects of the player a query finds.
    private int effects(@Nullable Lsn seen) {
        var answer = ask("well", seen);
        assertThat(answer).startsWith("{\"outcome\":\"done\",\"data\":{\"effects\":");
        return Integer.parseInt(answer.replaceAll("\\D", ""));
    }

    private String ask(String how, @Nullable Lsn seen) {
        queries++;
        var query = event("q-" + queries, "probe.count-effects", queries, "{\"how\":\"" + how + "\"}")
                .header("ce-time", Instant.now().toString());
        if (seen != null) {
            query.header("ce-lsn", seen.toString());
        }
        assertThat(deliver(query).statusCode()).isEqualTo(204);
        return ((StreamMessage.Answered) ear.next()).answer();
    }

    private HttpRequest.Builder event(String id, String type, int sequence, String data) {
        return HttpRequest.newBuilder(function.url())
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", player.source())
                .header("ce-type", type)
                .header("ce-session", "s-1")
                .header("ce-sequence", Integer.toString(sequence))
                .header("ce-position", ear.position())
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(data));
    }

    private static HttpResponse<String> deliver(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .join();
    }
}
