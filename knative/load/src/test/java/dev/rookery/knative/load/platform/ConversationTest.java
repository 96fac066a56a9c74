package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.knative.load.player.PlayerClient;
import dev.rookery.knative.load.player.PlayerListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a player says and is told, over the whole trip: socket, Kafka, function, PostgreSQL, Redis, socket.
class ConversationTest {

    @RegisterExtension
    static final SharedPlatform rookery = new SharedPlatform();

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String player = "p-" + UUID.randomUUID();
    private PlayerClient client;

    @BeforeEach
    void connect() {
        client = rookery.client();
    }

    @AfterEach
    void leave() {
        client.close();
    }

    @Test
    void moneyComesAndGoesAndIsAccountedFor() throws Exception {
        var speaker = client.connect(player, new PlayerListener() {});

        var deposited = speaker.command("wallet.deposit", money(1_000)).get(60, TimeUnit.SECONDS);
        var withdrawn = speaker.command("wallet.withdraw", money(300)).get(60, TimeUnit.SECONDS);
        var refused = speaker.command("wallet.withdraw", money(701)).get(60, TimeUnit.SECONDS);
        var balance = speaker.query("wallet.balance", json("{}")).get(60, TimeUnit.SECONDS);
        var statement = speaker.query("wallet.statement", json("{\"limit\":5}")).get(60, TimeUnit.SECONDS);

        assertThat(deposited.type()).isEqualTo("wallet.deposited");
        assertThat(deposited.data().get("balance").longValue()).isEqualTo(1_000);
        assertThat(withdrawn.data().get("balance").longValue()).isEqualTo(700);
        assertThat(refused.type()).isEqualTo("wallet.withdraw-refused");
        assertThat(refused.data().get("code").stringValue()).isEqualTo("insufficient-funds");
        assertThat(balance.data()).isEqualTo(json("{\"balances\":[{\"currency\":\"EUR\",\"amount\":700,\"held\":0}]}"));
        assertThat(statement
                        .data()
                        .get("transfers")
                        .valueStream()
                        .map(line -> line.get("amount").longValue()))
                .containsExactly(-300L, 1_000L);
        assertThat(speaker.observed().violations()).isEmpty();
    }

    @Test
    void oneCommandSentTenTimesAtOnceOverTwoConnectionsIsOneTransferAndTenEqualAnswers() {
        try (var one = welcome();
                var two = welcome()) {
            for (int n = 0; n < 5; n++) {
                one.deposit("c-1", 1_000);
                two.deposit("c-1", 1_000);
            }

            var toOne = new ArrayList<JsonNode>();
            var toTwo = new ArrayList<JsonNode>();
            // The event itself goes to both connections and answers one sending or two, of one connection or of both:
            // of those that are carried out together any may be told first. What is sent back is sent again.
            await().untilAsserted(() -> {
                toOne.addAll(answersOf(one));
                toTwo.addAll(answersOf(two));
                assertThat(toOne).hasSizeGreaterThanOrEqualTo(4);
                assertThat(toTwo).hasSizeGreaterThanOrEqualTo(4);
                assertThat(toOne.size() + toTwo.size()).isGreaterThanOrEqualTo(10);
            });

            assertThat(Stream.concat(toOne.stream(), toTwo.stream())).allSatisfy(answer -> {
                assertThat(answer.get("re").stringValue()).isEqualTo("c-1");
                assertThat(told(answer)).isEqualTo(told(toOne.getFirst()));
            });
            assertThat(toOne).filteredOn(answer -> !answer.has("repeat")).hasSize(1);
            assertThat(toTwo).filteredOn(answer -> !answer.has("repeat")).hasSize(1);
            assertThat(rookery.ledger().transfers(player)).hasSize(1);
        }
    }

    @Test
    void anIdThatStandsForAnotherCommandIsRejected() {
        try (var wire = welcome()) {
            wire.deposit("c-1", 1_000);
            wire.next("event");

            wire.deposit("c-1", 2_000);

            var error = wire.next("error");
            assertThat(error.get("re").stringValue()).isEqualTo("c-1");
            assertThat(error.get("code").stringValue()).isEqualTo("id-reused");
            assertThat(rookery.ledger().balances(player)).containsExactly("1000 EUR");
        }
    }

    @Test
    void aTypeThatNobodyListsIsRejectedAtTheEdge() {
        try (var wire = welcome()) {
            wire.send("{\"op\":\"command\",\"id\":\"c-1\",\"type\":\"wallet.print-money\",\"data\":{}}");

            assertThat(wire.next("error").get("code").stringValue()).isEqualTo("unknown-type");
        }
    }

    @Test
    void dataThatDoesNotFitItsSchemaIsRejectedWithThePlaceInIt() {
        try (var wire = welcome()) {
            wire.deposit("c-1", 0);

            var error = wire.next("error");
            assertThat(error.get("code").stringValue()).isEqualTo("invalid-data");
            assertThat(error.get("message").stringValue()).startsWith("/amount: ");
        }
    }

    @Test
    void afterBrokenJsonTheConversationGoesOn() {
        try (var wire = welcome()) {
            wire.send("{\"op\":");
            assertThat(wire.next("error").get("code").stringValue()).isEqualTo("bad-frame");

            wire.deposit("c-1", 1_000);

            Wire.assertOutcome(wire.next("event"), "done");
        }
    }

    @Test
    void aTokenThatHasExpiredProvesNothing() throws Exception {
        var expired = Instant.now().minusSeconds(600).getEpochSecond();

        assertThat(closeCodeFor(signed("{\"alg\":\"HS256\"}", claims(expired), secret())))
                .isEqualTo(4200);
    }

    @Test
    void aTokenThatSomebodyElseSignedProvesNothing() throws Exception {
        assertThat(closeCodeFor(signed("{\"alg\":\"HS256\"}", claims(inAnHour()), "x".repeat(64))))
                .isEqualTo(4200);
    }

    @Test
    void aTokenThatNobodySignedProvesNothing() {
        var unsigned = base64("{\"alg\":\"none\"}") + "." + base64(claims(inAnHour())) + ".";

        assertThat(closeCodeFor(unsigned)).isEqualTo(4200);
    }

    @Test
    void theSameTokenWithTheRightSignatureIsWelcome() throws Exception {
        try (var wire = Wire.open(rookery.url())) {
            wire.send(hello(signed("{\"alg\":\"HS256\"}", claims(inAnHour()), secret())));

            assertThat(wire.next("welcome").get("player").stringValue()).isEqualTo(player);
        }
    }

    private Wire welcome() {
        var wire = Wire.hello(rookery.url(), player);
        wire.next("welcome");
        return wire;
    }

    private int closeCodeFor(String token) {
        try (var wire = Wire.open(rookery.url())) {
            wire.send(hello(token));
            return wire.closeCode();
        }
    }

    private static String hello(String token) {
        return "{\"op\":\"hello\",\"token\":\"" + token + "\"}";
    }

    private String claims(long expires) {
        return "{\"sub\":\"" + player + "\",\"exp\":" + expires + "}";
    }

    private static long inAnHour() {
        return Instant.now().plusSeconds(3_600).getEpochSecond();
    }

    private static String secret() throws Exception {
        return Files.readString(rookery.platform().data().resolve("token-secret"));
    }

    private static String signed(String header, String claims, String secret) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var content = base64(header) + "." + base64(claims);
        return content + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The events so far.
    private static List<JsonNode> answersOf(Wire wire) {
        var frames = wire.framesSoFar();
        for (var frame : frames) {
            if (frame.path("op").asString().equals("error")) {
                assertThat(frame.has("retryAfterMillis")).as("%s", frame).isTrue();
                wire.deposit("c-1", 1_000);
            }
        }
        return frames.stream()
                .filter(frame -> frame.path("op").asString().equals("event"))
                .toList();
    }

    /// What an answer tells, wherever it stands in the stream.
    private static List<String> told(JsonNode answer) {
        return Stream.of("id", "type", "re", "outcome", "time", "data")
                .map(field -> answer.get(field).toString())
                .toList();
    }

    private static JsonNode money(long amount) {
        return json("{\"amount\":" + amount + ",\"currency\":\"EUR\"}");
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text);
    }
}
