package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.knative.load.player.PlayerClient;
import dev.rookery.knative.load.player.PlayerListener;
import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.local.RunningPlatform;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What players see of functions that come and go: nothing. The platform's own YAML, but with a short window.
class ScaleTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration BOUND = Duration.ofMinutes(3);

    private static Launched rookery;

    private final String id = "p-" + UUID.randomUUID();

    @BeforeAll
    static void up() {
        rookery = Launched.up(Map.of(), "--ephemeral", "--overlay", Launched.overlay("eager"));
    }

    @AfterAll
    static void down() {
        var announced = Launched.ROOT.resolve(".rookery/run/" + rookery.port() + ".json");
        assertThat(announced).exists();
        rookery.close();
        assertThat(announced).doesNotExist();
    }

    @Test
    void atZeroSocketsStayOpenAndCastsArrive() {
        var url = URI.create(rookery.platform().url());
        try (var one = Wire.hello(url, id);
                var other = Wire.hello(url, "q-" + id)) {
            one.next("welcome");
            other.next("welcome");
            awaitZero();

            join(one);
            join(other);
            one.send("{\"op\":\"cast\",\"room\":\"open:lobby\",\"data\":{\"text\":\"hello\"}}");

            assertThat(other.next("cast").path("data").path("text").asString()).isEqualTo("hello");
            assertThat(functions()).isEmpty();
        }
    }

    @Test
    void theFirstCommandAfterZeroIsAnswered() {
        try (var wire = Wire.hello(URI.create(rookery.platform().url()), id)) {
            wire.next("welcome");
            awaitZero();
            int before = state("wallet").path("coldStarts").asInt();

            wire.deposit("c-1", 1_000);

            assertThat(wire.next("event").path("type").asString()).isEqualTo("wallet.deposited");
            assertThat(state("wallet").path("coldStarts").asInt()).isEqualTo(before + 1);
        }
    }

    /// What the build found out about a function's beans is not found out again, which is most of a start.
    @Test
    void functionsBeginWithBeansThatTheBuildHasSettled() throws Exception {
        try (var wire = Wire.hello(URI.create(rookery.platform().url()), id)) {
            wire.next("welcome");
            wire.deposit("c-1", 1_000);
            wire.next("event");
        }

        assertThat(rookery.platform().data().resolve("logs").resolve("wallet.log"))
                .content()
                .contains("Starting AOT-processed WalletApplication");
    }

    @Test
    void aNewRevisionIsRolledOutAndEveryCommandIsDoneOnce() throws Exception {
        try (var client = new PlayerClient(URI.create(rookery.platform().url()))) {
            var player = client.connect(id, new PlayerListener() {});
            var answers = new CopyOnWriteArrayList<CompletableFuture<Event>>();
            int revision = state("wallet").path("revision").asInt();
            var deployed = HTTP.sendAsync(deploy("wallet"), HttpResponse.BodyHandlers.ofString());

            while (!deployed.isDone()) {
                var command = player.command(
                        "c-" + answers.size(),
                        "wallet.deposit",
                        JSON.createObjectNode().put("amount", 1).put("currency", "EUR"));
                answers.add(command);
                // One after the other: as many as the function can take, and never more than one to wait for.
                command.get(BOUND.toSeconds(), TimeUnit.SECONDS);
            }

            assertThat(deployed.get().statusCode()).as(deployed.get().body()).isEqualTo(200);
            assertThat(state("wallet").path("revision").asInt()).isEqualTo(revision + 1);
            assertThat(answers)
                    .isNotEmpty()
                    .allSatisfy(answer -> assertThat(answer.get().type()).isEqualTo("wallet.deposited"));
            assertThat(new Ledger(rookery.platform().postgres()).decided(id)).hasSameSizeAs(answers);
            assertThat(retried()).isZero();
        }
    }

    @Test
    void whatIsNoFunctionIsNotDeployed() throws Exception {
        var answer = HTTP.send(deploy("gateway"), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).startsWith("deploy: gateway (expected: one of [wallet, rounds]");
    }

    private static void join(Wire wire) {
        wire.send("{\"op\":\"join\",\"id\":\"j-1\",\"room\":\"open:lobby\"}");
        wire.next("joined");
    }

    private static void awaitZero() {
        await().atMost(BOUND).until(() -> functions().isEmpty());
    }

    /// Processes of functions.
    private static List<String> functions() {
        return rookery.platform().processes().stream()
                .map(RunningPlatform.Child::name)
                .filter(name -> name.startsWith("wallet") || name.startsWith("rounds"))
                .toList();
    }

    private static HttpRequest deploy(String function) {
        return HttpRequest.newBuilder(URI.create(rookery.platform().management() + "/deploy/" + function))
                .timeout(BOUND)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
    }

    private static JsonNode state(String function) {
        return status().path("functions")
                .valueStream()
                .filter(each -> each.path("function").asString().equals(function))
                .findFirst()
                .orElseThrow();
    }

    private static long retried() {
        return status().path("sources")
                .valueStream()
                .mapToLong(source -> source.path("retried").asLong())
                .sum();
    }

    private static JsonNode status() {
        var request = HttpRequest.newBuilder(URI.create(rookery.platform().management() + "/status"))
                .build();
        return JSON.readTree(HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .join()
                .body());
    }
}
