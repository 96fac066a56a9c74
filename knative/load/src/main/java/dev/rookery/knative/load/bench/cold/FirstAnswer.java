package dev.rookery.knative.load.bench.cold;

import dev.rookery.knative.load.platform.OwnPlatform;
import dev.rookery.knative.load.player.PlayerClient;
import dev.rookery.knative.load.player.PlayerListener;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/// What a player waits for whose command finds the function at zero: from sending it to its event, over an open
/// socket.
final class FirstAnswer {

    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final int PAUSE_MILLIS = 200;

    private FirstAnswer() {}

    /// @param function that is left alone until it is at zero, each time
    /// @throws IllegalStateException when it is not at zero, or there is no answer, within two minutes
    static List<Duration> measure(OwnPlatform platform, String function, int times) throws InterruptedException {
        var answers = new ArrayList<Duration>();
        try (var client = new PlayerClient(URI.create(platform.now().url()))) {
            var player = client.connect("cold-first", new PlayerListener() {});
            var deposit =
                    JsonMapper.shared().createObjectNode().put("amount", 1).put("currency", "EUR");
            for (int n = 0; n < times; n++) {
                awaitZero(platform, function);
                long begun = System.nanoTime();
                player.command("first-" + n, "wallet.deposit", deposit).get(BOUND.toSeconds(), TimeUnit.SECONDS);
                answers.add(Duration.ofNanos(System.nanoTime() - begun));
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("no answer to a first command (expected: within " + BOUND + ")", e);
        }
        return answers;
    }

    private static void awaitZero(OwnPlatform platform, String function) throws InterruptedException {
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (platform.now().process(function).isPresent()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(function + " runs still (expected: at zero within " + BOUND + ")");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
