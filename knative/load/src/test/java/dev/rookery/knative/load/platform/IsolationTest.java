package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.load.drill.guard.AgentJar;
import dev.rookery.knative.load.drill.guard.Guard;
import dev.rookery.knative.load.player.PlayerClient;
import dev.rookery.knative.load.player.PlayerListener;
import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.load.protocol.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A function that hangs, ends or eats memory hurts itself alone: its commands fail after the tries that its
/// KafkaSource
/// declares, here two, and another function's are carried out meanwhile. One that throws: see [DeadLettersTest].
@Tag("minutes")
class IsolationTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration BOUND = Duration.ofMinutes(3);

    @TempDir
    private static Path folder;

    private static Launched rookery;

    private final String id = "p-" + UUID.randomUUID();

    @BeforeAll
    static void up() throws IOException {
        var environment =
                Map.of("JAVA_TOOL_OPTIONS", AgentJar.options(folder, Guard.MANNERS), "ROOKERY_DELIVERY_TIMEOUT", "6s");
        rookery = Launched.up(environment, "--ephemeral", "--overlay", overlay().toString());
    }

    @AfterAll
    static void down() {
        rookery.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "hangs       | rounds.commit-seed | {}",
                "ends        | rounds.use-seed    | {\"clientSeed\":\"lucky\"}",
                "eats memory | rounds.bet         | {\"game\":\"dice\",\"terms\":{\"under\":50},\"stake\":1,\"currency\":\"EUR\"}"
            })
    void oneHurtsItselfAlone(String how, String type, String data) throws Exception {
        try (var client = new PlayerClient(URI.create(rookery.platform().url()))) {
            var victim = client.connect(id, new PlayerListener() {});
            var other = client.connect("q-" + id, new PlayerListener() {});
            var failing = victim.command("c-1", type, JSON.readTree(data));
            var deposits = new ArrayList<Event>();

            while (!failing.isDone()) {
                deposits.add(deposit(other.command("d-" + deposits.size(), "wallet.deposit", euro(1))));
            }

            assertThat(failing.get().outcome()).as(how).isEqualTo(Outcome.FAILED);
            assertThat(deposits)
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each.outcome()).isEqualTo(Outcome.DONE));
            assertThat(letters()).contains("/players/" + id);
        }
    }

    /// That of one machine, but with a second try as the last.
    private static Path overlay() throws IOException {
        var overlay = Files.createDirectory(folder.resolve("overlay"));
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources:
                  - %s
                patches:
                  - target: {group: sources.knative.dev, kind: KafkaSource, name: rounds-commands}
                    patch: |-
                      - {op: replace, path: /spec/delivery/retry, value: 1}
                """.formatted(
                        overlay.relativize(Path.of(Launched.overlay("local")))));
        return overlay;
    }

    private static String letters() throws IOException {
        var listing = Launched.command("dead-letters", "list", "--port", Integer.toString(rookery.port()))
                .start();
        return new String(listing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Event deposit(CompletableFuture<Event> command) throws Exception {
        return command.get(BOUND.toSeconds(), TimeUnit.SECONDS);
    }

    private static JsonNode euro(long amount) {
        return JSON.createObjectNode().put("amount", amount).put("currency", "EUR");
    }
}
