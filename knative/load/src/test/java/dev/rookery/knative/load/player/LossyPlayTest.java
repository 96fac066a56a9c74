package dev.rookery.knative.load.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.load.protocol.Event;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whatever gets lost on the way, between a player and a gateway that keeps its promises nothing does.
@Timeout(120)
class LossyPlayTest {

    private static final int COMMANDS = 200;
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final JsonNode DATA = JsonMapper.shared().createObjectNode();
    private static final Duration PROBE = Duration.ofMillis(20);
    private static final Backoff SHORT = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));

    private final ScriptedGateway gateway = new ScriptedGateway();
    private Thread serving = new Thread();
    private LossyGateway lossy = new LossyGateway(gateway, new Random(0));

    @AfterEach
    void close() {
        serving.interrupt();
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyCommandIsDecidedOnceAndNoPromiseSeemsBroken(long seed) {
        var observed = play(seed, 16);

        assertThat(lossy.effects()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(commands());
        assertThat(observed.violations()).as("seed %d", seed).isEmpty();
        assertThat(observed.welcomes()).as("seed %d", seed).isGreaterThan(1);
        assertThat(observed.errors()).as("seed %d", seed).containsKeys("busy", "unavailable");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void oneAtATimeTheyTakeEffectInTheOrderInWhichTheyWereAsked(long seed) {
        var observed = play(seed, 1);

        assertThat(lossy.effects()).as("seed %d", seed).containsExactlyElementsOf(commands());
        assertThat(observed.violations()).as("seed %d", seed).isEmpty();
    }

    private Observed play(long seed, int window) {
        lossy = new LossyGateway(gateway, new Random(seed));
        serving = Thread.ofVirtual().start(lossy);
        var settings = new PlayerSettings(Duration.ofSeconds(60), PROBE, SHORT, window, COMMANDS, COMMANDS);
        try (var client = new PlayerClient(
                gateway.url(), player -> CompletableFuture.completedFuture("token"), new Random(seed))) {
            var player = client.connect("p-7", settings, new PlayerListener() {});
            List<CompletableFuture<Event>> decided = commands().stream()
                    .map(id -> player.command(id, "wallet.deposit", DATA))
                    .toList();
            for (int i = 0; i < COMMANDS; i++) {
                assertThat(decided.get(i))
                        .as("seed %d, %s", seed, player.observed())
                        .succeedsWithin(BOUND);
                assertThat(decided.get(i).join().re()).as("seed %d", seed).isEqualTo("c-" + i);
            }
            return player.observed();
        }
    }

    private static List<String> commands() {
        return IntStream.range(0, COMMANDS).mapToObj(i -> "c-" + i).toList();
    }
}
