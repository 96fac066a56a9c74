package dev.rookery.knative.load.platform;

import dev.rookery.knative.load.player.Player;
import dev.rookery.knative.load.player.PlayerClient;
import dev.rookery.knative.load.player.PlayerListener;
import dev.rookery.knative.local.RunningPlatform;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/// Keeps functions from going to zero while something is measured that the platform does not see, such as what is
/// posted to an instance past the dispatcher: a player asks each of them now and then.
public final class Awake implements AutoCloseable {

    private static final Duration WAKE_BOUND = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final List<String> QUERIES = List.of("wallet.balance", "rounds.current");

    private final PlayerClient client;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("awake").daemon().factory());

    private Awake(PlayerClient client, Runnable asking) {
        this.client = client;
        // An answer that does not come is none of ours: whoever measures will see why.
        timer.scheduleWithFixedDelay(asking, PAUSE.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
    }

    /// Wakes every function, and waits until all have answered.
    ///
    /// @throws IllegalStateException when one does not
    public static Awake of(RunningPlatform platform) {
        var client = new PlayerClient(URI.create(platform.url()));
        var player = client.connect("awake", new PlayerListener() {});
        try {
            ask(player).orTimeout(WAKE_BOUND.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            client.close();
            throw new IllegalStateException("functions do not answer (expected: within " + WAKE_BOUND + ")", e);
        }
        return new Awake(client, () -> ask(player));
    }

    private static CompletableFuture<Void> ask(Player player) {
        return CompletableFuture.allOf(QUERIES.stream()
                .map(query -> player.query(query, JsonMapper.shared().createObjectNode()))
                .toArray(CompletableFuture[]::new));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        client.close();
    }
}
