package dev.rookery.knative.load.bench;

import dev.rookery.knative.load.bench.Isolation.Ended;
import dev.rookery.knative.load.misdeed.Misdeed;
import dev.rookery.knative.load.platform.OwnPlatform;
import dev.rookery.knative.load.player.PlayerClient;
import dev.rookery.knative.load.player.PlayerListener;
import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.load.protocol.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Players who ask `rounds` for what it does well, or badly: each one command, so that none waits for another.
final class Offenders implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String FUNCTION = "rounds";
    private static final String SOURCE = "rounds-commands";
    private static final Duration BOUND = Duration.ofMinutes(10);
    /// From the event that tells of a failure to its dead letter, or the other way round.
    private static final Duration LETTER_BOUND = Duration.ofSeconds(10);
    private static final int PAUSE_MILLIS = 100;

    private final PlayerClient client;
    private final HttpClient http = HttpClient.newHttpClient();
    private final OwnPlatform platform;

    Offenders(URI gateway, OwnPlatform platform) {
        this.client = new PlayerClient(gateway);
        this.platform = platform;
    }

    List<CompletableFuture<Event>> behave(int commands) {
        return ask(commands, "rounds.commit-seed", JSON.createObjectNode());
    }

    List<CompletableFuture<Event>> misbehave(Misdeed misdeed, int commands) {
        return ask(commands, "rounds.use-seed", JSON.createObjectNode().put("clientSeed", misdeed.clientSeed()));
    }

    private List<CompletableFuture<Event>> ask(int commands, String type, JsonNode data) {
        return Stream.generate(() -> client.connect("offender-" + UUID.randomUUID(), new PlayerListener() {})
                        .command(type, data)
                        .orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS))
                .limit(commands)
                .toList();
    }

    /// Blocks until all are decided.
    static void await(List<CompletableFuture<Event>> asked) {
        CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).join();
    }

    /// How what was asked has ended; blocks until it has.
    ///
    /// @param before what was seen before it was asked
    Ended ended(List<CompletableFuture<Event>> asked, Seen before) throws InterruptedException {
        await(asked);
        var outcomes = asked.stream().map(each -> each.join().outcome()).toList();
        long failed = outcomes.stream().filter(Outcome.FAILED::equals).count();
        long done = outcomes.stream().filter(Outcome.DONE::equals).count();
        long deadline = System.nanoTime() + LETTER_BOUND.toNanos();
        var now = seen();
        while (now.deadLetters() - before.deadLetters() < failed && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            now = seen();
        }
        return new Ended(
                asked.size(),
                done,
                failed,
                asked.size() + now.retried() - before.retried(),
                now.deadLetters() - before.deadLetters(),
                now.starts() - before.starts());
    }

    Seen seen() throws InterruptedException {
        var running = platform.now();
        var source = status(URI.create(running.management() + "/status"))
                .path("sources")
                .valueStream()
                .filter(each -> each.path("source").asString().equals(SOURCE))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("source: " + SOURCE + " is not there"));
        long starts = running.processes().stream()
                .filter(each -> each.name().startsWith(FUNCTION))
                .mapToLong(each -> each.restarts())
                .sum();
        return new Seen(
                source.path("retried").asLong(), source.path("deadLettered").asLong(), starts);
    }

    private JsonNode status(URI status) throws InterruptedException {
        try {
            var answer = http.send(HttpRequest.newBuilder(status).build(), HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(status + " does not answer", e);
        }
    }

    @Override
    public void close() {
        client.close();
        http.close();
    }

    /// Of the function's commands and of its process, since the platform's start.
    ///
    /// @param retried deliveries that were not the first of their record
    /// @param starts  after it ended by itself
    record Seen(long retried, long deadLetters, long starts) {}
}
