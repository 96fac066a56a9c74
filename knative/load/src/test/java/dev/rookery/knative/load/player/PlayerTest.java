package dev.rookery.knative.load.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.knative.load.protocol.Closing;
import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.load.protocol.Outcome;
import dev.rookery.knative.load.protocol.Position;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A player before a gateway whose every word the test says.
@Timeout(120)
class PlayerTest {

    private static final JsonNode DATA = JsonMapper.shared().createObjectNode().put("amount", 1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PROBE = Duration.ofSeconds(1);
    private static final Backoff SHORT = new Backoff(Duration.ofMillis(1), Duration.ofMillis(20));
    private static final PlayerSettings SETTINGS = new PlayerSettings(PATIENCE, PROBE, SHORT, 32, 100, 100);

    private final ScriptedGateway gateway = new ScriptedGateway();
    private final AtomicInteger tokens = new AtomicInteger();
    private final PlayerClient client = new PlayerClient(
            gateway.url(),
            player -> CompletableFuture.completedFuture("token-" + tokens.incrementAndGet()),
            new Random(7));
    private final RecordingListener listener = new RecordingListener();

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    @Test
    void theFirstFrameIsAHelloWithTheTokenAndNothingToResume() throws Exception {
        connect();

        var hello = gateway.next().hello();

        assertThat(hello.path("token").asString()).isEqualTo("token-1");
        assertThat(hello.has("resume")).isFalse();
    }

    @Test
    void theSubprotocolIsOffered() throws Exception {
        connect();

        assertThat(gateway.next().subprotocol()).isEqualTo("rookery.v1.json");
    }

    @Test
    void theTokenIsNotShown() throws Exception {
        connect();

        gateway.next().hello();

        assertThat(listener.sent)
                .hasSize(1)
                .first()
                .asString()
                .contains("<token>")
                .doesNotContain("token-1");
    }

    @Test
    void aCommandIsDecidedByItsEvent() throws Exception {
        var player = connect();
        var server = gateway.nextWelcomed("e1", 41, false);

        var decided = player.command("c-1", "wallet.deposit", DATA);
        var sent = server.receive();
        server.send("{\"op\":\"accepted\",\"id\":\"c-1\"}");
        server.send("""
                {"op":"event","seq":42,"id":"e-1","type":"wallet.withdraw-refused","re":"c-1","outcome":"refused",
                 "data":{"code":"insufficient-funds"}}""");

        assertThat(sent).isEqualTo(JsonMapper.shared().readTree("""
                        {"op":"command","id":"c-1","type":"wallet.deposit","data":{"amount":1}}"""));
        assertThat(decided.join())
                .isEqualTo(new Event(
                        42,
                        "e-1",
                        "wallet.withdraw-refused",
                        "c-1",
                        Outcome.REFUSED,
                        false,
                        JsonMapper.shared().createObjectNode().put("code", "insufficient-funds")));
        assertThat(player.position()).contains(new Position("e1", 42));
        assertThat(player.observed().accepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "rate-limited", "unavailable"})
    void aCommandThatIsSentBackIsSentAgainUnderItsId(String code) throws Exception {
        var player = connect();
        var server = gateway.nextWelcomed("e1", 0, false);

        var decided = player.command("c-1", "wallet.deposit", DATA);
        assertThat(server.receiveId()).isEqualTo("c-1");
        server.sendBack("c-1", code, true);

        assertThat(server.receiveId()).isEqualTo("c-1");
        server.decide(1, "c-1");
        assertThat(decided.join().re()).isEqualTo("c-1");
        assertThat(player.observed().errors()).isEqualTo(Map.of(code, 1L));
    }

    @Test
    void aCommandWhoseEffectIsOpenIsSentAgainWhateverTheErrorSays() throws Exception {
        var player = connect();
        var server = gateway.nextWelcomed("e1", 0, false);

        player.command("c-1", "wallet.deposit", DATA);
        assertThat(server.receiveId()).isEqualTo("c-1");
        server.sendBack("c-1", "unavailable", false);

        assertThat(server.receiveId()).isEqualTo("c-1");
    }

    @Test
    void aCommandThatTheServerWillNeverTakeFailsWithTheCode() throws Exception {
        var player = connect();
        var server = gateway.nextWelcomed("e1", 0, false);

        var decided = player.command("c-1", "wallet.deposit", DATA);
        assertThat(server.receiveId()).isEqualTo("c-1");
        server.sendBack("c-1", "invalid-data", false);

        assertThat(failure(decided))
                .isInstanceOfSatisfying(
                        FrameRejectedException.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("invalid-data"));
    }

    @Test
    void whatWasAskedLaterDoesNotOvertakeWhatIsSentBack() throws Exception {
        var player = connect();
        var server = gateway.nextWelcomed("e1", 0, false);
        player.command("c-1", "wallet.deposit", DATA);
        player.command("c-2", "wallet.deposit", DATA);
        assertThat(server.receiveId()).isEqualTo("c-1");
        assertThat(server.receiveId()).isEqualTo("c-2");

        server.send("""
                {"op":"error","re":"c-1","code":"busy","message":"m","retryable":true,"retryAfterMillis":200}""");
        await().until(() -> player.observed().errors().containsKey("busy"));
        player.command("c-3", "wallet.deposit", DATA);

        assertThat(server.receiveId()).isEqualTo("c-1");
        assertThat(server.receiveId()).isEqualTo("c-3");
    }

    @Test
    void afterALostConnectionItResumesAndSendsTheUndecidedAgainInOrder() throws Exception {
        var player = connect();
        var first = gateway.nextWelcomed("e1", 41, false);
        for (int i = 1; i <= 4; i++) {
            player.command("c-" + i, "wallet.deposit", DATA);
            first.receive();
        }
        first.decide(42, "c-2");
        await().until(() -> player.position().orElseThrow().seq() == 42);

        first.drop();
        var second = gateway.next();
        var hello = second.hello();
        second.welcome("e1", 42, true);

        assertThat(hello.path("resume")).hasToString("{\"epoch\":\"e1\",\"seq\":42}");
        assertThat(second.receiveId()).isEqualTo("c-1");
        assertThat(second.receiveId()).isEqualTo("c-3");
        assertThat(second.receiveId()).isEqualTo("c-4");
        assertThat(player.observed().resumed()).isEqualTo(1);
    }

    @Test
    void theWelcomeOfAResumeDoesNotMoveThePosition() throws Exception {
        var player = connect();
        gateway.nextWelcomed("e1", 41, false).drop();

        var second = gateway.nextWelcomed("e1", 43, true);
        second.decide(42, "c-elsewhere");
        second.decide(43, "c-elsewhere-2");

        await().until(() -> listener.events.size() == 2);
        assertThat(player.position()).contains(new Position("e1", 43));
        assertThat(player.observed().violations()).isEmpty();
    }

    @Test
    void aStreamThatCannotBeResumedGoesOnFromItsNewPositionAndTheUndecidedIsAskedAgain() throws Exception {
        var player = connect();
        var first = gateway.nextWelcomed("e1", 41, false);
        var decided = player.command("c-1", "wallet.deposit", DATA);
        first.receive();

        first.drop();
        var second = gateway.nextWelcomed("e2", 7, false);
        assertThat(second.receiveId()).isEqualTo("c-1");
        second.decide(8, "c-1");

        assertThat(decided.join().seq()).isEqualTo(8);
        assertThat(player.position()).contains(new Position("e2", 8));
        assertThat(player.observed().violations()).isEmpty();
    }

    @Test
    void aRepeatDecidesItsCommandAndMovesNoPosition() throws Exception {
        var player = connect();
        var server = gateway.nextWelcomed("e1", 41, false);
        var decided = player.command("c-1", "wallet.deposit", DATA);
        server.receive();

        server.repeat(0, "c-1");

        assertThat(decided.join().repeat()).isTrue();
        assertThat(player.position()).contains(new Position("e1", 41));
        assertThat(player.observed().repeats()).isEqualTo(1);
    }

    @Test
    void anEventThatComesAfterItsRepeatIsNothingNewAndStillMovesThePosition() throws Exception {
        var player = connect();
        var server = gateway.nextWelcomed("e1", 41, false);
        var decided = player.command("c-1", "wallet.deposit", DATA);
        server.receive();

        server.repeat(42, "c-1");
        server.decide(42, "c-1");

        await().until(() -> player.position().orElseThrow().seq() == 42);
        assertThat(decided.join().repeat()).isTrue();
        assertThat(player.observed().violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {4000, 4001, 4002, 4003, 4004, 4005, 1011})
    void whenToldToResumeItComesBackWithTheSameToken(int code) throws Exception {
        connect();
        var first = gateway.nextWelcomed("e1", 41, false);

        first.close(code);
        var hello = gateway.next().hello();

        assertThat(hello.path("token").asString()).isEqualTo("token-1");
        assertThat(hello.path("resume").path("seq").asLong()).isEqualTo(41);
        assertThat(listener.partings).extracting(Closing::code).containsExactly(code);
    }

    @Test
    void whenItsTokenHasExpiredItComesBackWithANewOne() throws Exception {
        connect();
        var first = gateway.nextWelcomed("e1", 41, false);

        first.close(4101);
        var hello = gateway.next().hello();

        assertThat(hello.path("token").asString()).isEqualTo("token-2");
        assertThat(hello.path("resume").path("seq").asLong()).isEqualTo(41);
    }

    @ParameterizedTest
    @ValueSource(ints = {4200, 4201, 4202, 4203, 4204, 4205})
    void whenToldToStopItStopsAndSaysSoToWhoeverWaits(int code) throws Exception {
        var player = connect();
        var server = gateway.nextWelcomed("e1", 41, false);
        var undecided = player.command("c-1", "wallet.deposit", DATA);
        server.receive();

        server.close(code);

        assertThat(failure(undecided))
                .isInstanceOfSatisfying(
                        PlayerStoppedException.class,
                        stopped -> assertThat(stopped.code()).isEqualTo(code));
        assertThat(failure(player.command("c-2", "wallet.deposit", DATA))).isInstanceOf(PlayerStoppedException.class);
        assertThat(listener.stops).extracting(Closing::code).containsExactly(code);
        assertThat(listener.partings).isEmpty();
    }

    @Test
    void aDrainingServerIsLeftOnlyWhenTheNextOneIsReached() throws Exception {
        var player = connect();
        var first = gateway.nextWelcomed("e1", 41, false);
        first.send("{\"op\":\"drain\",\"reconnectInMillis\":1}");

        var second = gateway.next();
        second.hello();
        assertThat(first.closed()).isNotDone();
        second.welcome("e1", 41, true);

        assertThat(first.closed().join()).isEqualTo(1000);
        player.command("c-1", "wallet.deposit", DATA);
        assertThat(second.receiveId()).isEqualTo("c-1");
    }

    @Test
    void aDrainingServerGetsNoNewCommands() throws Exception {
        var player = connect();
        var first = gateway.nextWelcomed("e1", 41, false);
        first.send("{\"op\":\"drain\",\"reconnectInMillis\":60000}");
        first.decide(42, "c-elsewhere");
        await().until(() -> player.position().orElseThrow().seq() == 42);

        player.command("c-1", "wallet.deposit", DATA);
        first.close(4000);

        assertThat(gateway.nextWelcomed("e1", 42, true).receiveId()).isEqualTo("c-1");
        await().until(() ->
                listener.sent.stream().filter(frame -> frame.contains("c-1")).count() == 1);
    }

    @Test
    void whatTheOldConnectionStillBringsIsNotHeardTwice() throws Exception {
        var player = connect();
        var first = gateway.nextWelcomed("e1", 41, false);
        first.send("{\"op\":\"drain\",\"reconnectInMillis\":1}");
        var second = gateway.next();
        second.hello();

        first.decide(42, "c-elsewhere");
        second.welcome("e1", 41, true);
        second.decide(42, "c-elsewhere");
        second.decide(43, "c-elsewhere-2");

        await().untilAsserted(
                        () -> assertThat(listener.events).extracting(Event::seq).containsExactly(42L, 43L));
        assertThat(player.observed().violations()).isEmpty();
    }

    @Test
    void aServerThatClosesTheOldConnectionForTheNewOneStopsNobody() throws Exception {
        var player = connect();
        var first = gateway.nextWelcomed("e1", 41, false);
        first.send("{\"op\":\"drain\",\"reconnectInMillis\":1}");
        var second = gateway.next();
        second.hello();

        first.close(4205);
        second.welcome("e1", 41, true);
        player.command("c-1", "wallet.deposit", DATA);

        assertThat(second.receiveId()).isEqualTo("c-1");
        assertThat(listener.stops).isEmpty();
    }

    @Test
    void aServerThatIsNotHeardForTwoHeartbeatsIsLeft() throws Exception {
        connect();
        var first = gateway.next();
        first.hello();
        first.answerNoPings();

        first.welcome("e1", 41, false, 32, 50);
        gateway.next().hello();

        assertThat(listener.partings).extracting(Closing::reason).containsExactly("the server is silent");
    }

    @Test
    void aServerThatHasNothingToSayIsPingedAndKept() throws Exception {
        var player = connect(SETTINGS.withProbe(Duration.ofMillis(20)));
        var server = gateway.next();
        server.hello();

        server.welcome("e1", 41, false, 32, 500);
        // For longer than two heartbeats.
        await().until(() -> server.pings() > 60);

        assertThat(player.observed().welcomes()).isEqualTo(1);
        assertThat(listener.partings).isEmpty();
    }

    @Test
    void aServerThatDoesNotWelcomeIsLeft() throws Exception {
        connect(new PlayerSettings(Duration.ofMillis(300), PROBE, SHORT, 32, 100, 100));
        gateway.next().hello();

        gateway.next().hello();

        assertThat(listener.partings).extracting(Closing::reason).contains("no welcome in time");
    }

    @Test
    void anUpgradeThatIsRefusedIsTriedAgainNotBeforeTheServerWishes() throws Exception {
        gateway.refuseNextFor(1);
        connect();

        gateway.next().hello();

        assertThat(listener.waits)
                .hasSize(1)
                .first()
                .satisfies(wait -> assertThat(wait).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
    }

    @Test
    void noMoreIsOnItsWayThanTheServerAllows() throws Exception {
        var player = connect();
        var server = gateway.next();
        server.hello();
        server.welcome("e1", 0, false, 2, 15_000);

        for (int i = 1; i <= 3; i++) {
            player.command("c-" + i, "wallet.deposit", DATA);
        }
        player.welcomed().join();
        player.send("{\"op\":\"ping\",\"id\":\"marker\"}").join();

        assertThat(server.receiveId()).isEqualTo("c-1");
        assertThat(server.receiveId()).isEqualTo("c-2");
        assertThat(server.receiveId()).isEqualTo("marker");
        server.decide(1, "c-1");
        assertThat(server.receiveId()).isEqualTo("c-3");
    }

    @Test
    void noMoreIsKeptThanMayBeAndADecisionMakesRoom() throws Exception {
        var player = connect(new PlayerSettings(PATIENCE, PROBE, SHORT, 32, 2, 100));
        var server = gateway.nextWelcomed("e1", 0, false);
        var first = player.command("c-1", "wallet.deposit", DATA);
        player.command("c-2", "wallet.deposit", DATA);

        assertThat(failure(player.command("c-3", "wallet.deposit", DATA)))
                .isInstanceOf(TooMuchUndecidedException.class)
                .hasMessage("undecided: 2 (expected: fewer)");
        server.decide(1, "c-1");
        first.join();
        player.command("c-4", "wallet.deposit", DATA);

        assertThat(server.receiveId()).isEqualTo("c-1");
        assertThat(server.receiveId()).isEqualTo("c-2");
        assertThat(server.receiveId()).isEqualTo("c-4");
    }

    @Test
    void anIdThatIsUndecidedIsNotTakenTwice() {
        var player = connect();
        player.command("c-1", "wallet.deposit", DATA);

        assertThat(failure(player.command("c-1", "wallet.deposit", DATA)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("id: c-1 (expected: one that is not undecided)");
    }

    @Test
    void aQueryIsAskedAgainOverTheNextConnection() throws Exception {
        var player = connect();
        var first = gateway.nextWelcomed("e1", 0, false);
        var answered = player.query("wallet.balance", DATA);
        var id = first.receiveId();

        first.drop();
        var second = gateway.nextWelcomed("e1", 0, true);
        assertThat(second.receiveId()).isEqualTo(id);
        second.send("{\"op\":\"answer\",\"re\":\"" + id + "\",\"outcome\":\"done\",\"data\":{\"n\":1}}");

        assertThat(answered.join().data().path("n").asInt()).isEqualTo(1);
        assertThat(player.position()).contains(new Position("e1", 0));
    }

    @ParameterizedTest
    @CsvSource({"42 44, GAP, 2", "42 42, DUPLICATE, 1", "43 42, REORDERED, 2", "44 42 43, GAP, 3"})
    void aStreamThatDoesNotComeInOrderIsReported(String seqs, Violation.Kind kind, int heard) throws Exception {
        var player = connect();
        var server = gateway.nextWelcomed("e1", 41, false);

        int number = 0;
        for (var seq : seqs.split(" ", -1)) {
            number++;
            server.decide(Long.parseLong(seq), kind == Violation.Kind.DUPLICATE ? "c" : "c-" + number);
        }
        int last = number;

        await().untilAsserted(() -> {
            assertThat(player.observed().events()).isEqualTo(last);
            assertThat(player.observed().violations())
                    .extracting(Violation::kind)
                    .contains(kind);
            assertThat(listener.events).hasSize(heard);
        });
    }

    @Test
    void aCommandThatIsAnsweredWithSomethingElseIsReported() throws Exception {
        var player = connect();
        var server = gateway.nextWelcomed("e1", 41, false);

        server.decide(42, "c-1");
        server.send("""
                {"op":"event","seq":42,"repeat":true,"id":"e-c-1","type":"wallet.failed","re":"c-1","outcome":"failed",
                 "data":{}}""");

        await().untilAsserted(() -> assertThat(player.observed().violations())
                .extracting(Violation::kind)
                .containsExactly(Violation.Kind.ANSWER_CHANGED));
    }

    @Test
    void whatIsNoFrameIsReportedAndTheConnectionKept() throws Exception {
        var player = connect();
        var server = gateway.nextWelcomed("e1", 41, false);

        server.send("{\"op\":\"event\",\"seq\":\"42\"}");
        server.decide(42, "c-1");

        await().until(() -> player.position().orElseThrow().seq() == 42);
        assertThat(player.observed().violations())
                .extracting(Violation::kind)
                .containsExactly(Violation.Kind.BAD_FRAME);
    }

    @Test
    void aConnectionThatIsCutComesBack() throws Exception {
        var player = connect();
        gateway.nextWelcomed("e1", 41, false);
        player.welcomed().join();

        player.cut();

        assertThat(gateway.next().hello().path("resume").path("seq").asLong()).isEqualTo(41);
    }

    @Test
    void whoClosesSaysGoodbyeAndLeavesNobodyWaiting() throws Exception {
        var player = connect();
        var server = gateway.nextWelcomed("e1", 41, false);
        var undecided = player.command("c-1", "wallet.deposit", DATA);
        server.receive();

        player.close();

        assertThat(failure(undecided)).isInstanceOf(PlayerStoppedException.class);
        assertThat(server.closed().join()).isEqualTo(1000);
    }

    @Test
    void aClosedClientTakesNothing() {
        var player = connect();
        client.close();

        assertThat(failure(player.command("c-1", "wallet.deposit", DATA))).isInstanceOf(PlayerStoppedException.class);
        assertThatThrownBy(() -> player.send("{}").join()).hasCauseInstanceOf(NotConnectedException.class);
    }

    private Player connect() {
        return connect(SETTINGS);
    }

    private Player connect(PlayerSettings settings) {
        return client.connect("p-7", settings, listener);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        await().until(future::isCompletedExceptionally);
        return future.exceptionNow();
    }
}
