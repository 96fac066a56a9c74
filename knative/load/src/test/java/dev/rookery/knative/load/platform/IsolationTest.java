package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.load.misdeed.Misbehaving;
import dev.rookery.knative.load.misdeed.Misdeed;
import dev.rookery.knative.load.player.PlayerClient;
import dev.rookery.knative.load.player.PlayerListener;
import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.load.protocol.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A function that misbehaves hurts itself alone: its commands fail after the tries that its KafkaSource declares, here
/// two, and another function's are carried out meanwhile. What those wait for, `bench isolation` tells.
@Tag("minutes")
class IsolationTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration BOUND = Duration.ofMinutes(3);

    @TempDir
    private static Path folder;

    private static Launched rookery;

    private final String id = "p-" + UUID.randomUUID();

    @BeforeAll
    static void up() {
        var overlay = Misbehaving.overlay(Launched.ROOT, folder, "local", 1);
        rookery = Launched.up(Map.of(), "--ephemeral", "--overlay", overlay.toString());
    }

    @AfterAll
    static void down() {
        rookery.close();
    }

    @ParameterizedTest
    @EnumSource
    void oneHurtsItselfAlone(Misdeed misdeed) throws Exception {
        try (var client = new PlayerClient(URI.create(rookery.platform().url()))) {
            var victim = client.connect(id, new PlayerListener() {});
            var other = client.connect("q-" + id, new PlayerListener() {});
            var failing = victim.command(
                    "c-1", "rounds.use-seed", JSON.createObjectNode().put("clientSeed", misdeed.clientSeed()));
            var deposits = new ArrayList<Event>();

            while (!failing.isDone()) {
                deposits.add(deposit(other.command("d-" + deposits.size(), "wallet.deposit", euro(1))));
            }

            assertThat(failing.get().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(deposits)
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each.outcome()).isEqualTo(Outcome.DONE));
            assertThat(letters()).contains("/players/" + id);
        }
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
