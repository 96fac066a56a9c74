package dev.rookery.knative.load.drill;

import dev.rookery.knative.load.drill.fault.Lull;
import dev.rookery.knative.load.platform.OwnPlatform;
import dev.rookery.knative.local.RunningPlatform;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Has functions that are awake do every few seconds what is done by the clock, which the platform itself has
/// them do far less often: rounds end, outcomes are told late, the ledger is sealed. Amid faults, and several at
/// a time.
///
/// Runs on a thread of its own until it is closed.
final class Pings implements AutoCloseable {

    private static final List<String> FUNCTIONS = List.of("wallet", "rounds");
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration BOUND = Duration.ofSeconds(10);

    private final OwnPlatform platform;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PAUSE)
            .build();
    private final Lull lull;
    private final Thread thread;

    /// @param lull in which functions are left alone, so that they end
    Pings(OwnPlatform platform, Lull lull) {
        this.lull = lull;
        this.platform = platform;
        this.thread = Thread.ofVirtual().name("pings").start(this::run);
    }

    @Override
    public void close() {
        thread.interrupt();
        http.shutdownNow();
    }

    private void run() {
        try {
            while (true) {
                if (!lull.isOn()) {
                    platform.find()
                            .ifPresent(running -> FUNCTIONS.forEach(
                                    function -> running.instances(function).forEach(this::ping)));
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Not waited for: a function that is halted would keep the others waiting.
    private void ping(RunningPlatform.Child function) {
        var event = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + function.port() + "/"))
                .timeout(BOUND)
                .header("ce-specversion", "1.0")
                .header("ce-id", UUID.randomUUID().toString())
                .header("ce-source", "/drill")
                .header("ce-type", "dev.knative.sources.ping")
                .header("ce-time", Instant.now().toString())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        http.sendAsync(event, HttpResponse.BodyHandlers.discarding());
    }
}
