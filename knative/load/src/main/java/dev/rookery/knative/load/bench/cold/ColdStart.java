package dev.rookery.knative.load.bench.cold;

import dev.rookery.knative.load.measure.ProcessFigures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// One start, from the process to its first outcome in the database; then the process is killed.
///
/// @param outcome until the function has answered a command, which it does after the commit
/// @param cpu     processor time until then
/// @param resident kilobytes of memory then
record ColdStart(Duration outcome, Duration cpu, long resident) {

    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final int PAUSE_MILLIS = 5;
    private static final int NO_CONTENT = 204;

    /// @param environment of a running instance: the new one gets it, but for its ports
    /// @throws IllegalStateException when there is no outcome within two minutes
    static ColdStart measure(Variant variant, Map<String, String> environment)
            throws IOException, InterruptedException {
        int port = freePort();
        var builder = new ProcessBuilder(variant.words())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(freePort()));
        long begun = System.nanoTime();
        var process = builder.start();
        try (var http = HttpClient.newHttpClient()) {
            var deposit = deposit(port);
            while (!isDone(http, deposit)) {
                if (!process.isAlive() || System.nanoTime() - begun > BOUND.toNanos()) {
                    throw new IllegalStateException(variant.name() + ": no outcome within " + BOUND);
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            var took = Duration.ofNanos(System.nanoTime() - begun);
            var figures = new ProcessFigures(process.pid());
            return new ColdStart(took, figures.cpu(), figures.residentKilobytes());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /// The same command until it is done: it has one effect.
    private static HttpRequest deposit(int port) {
        var player = "cold-" + UUID.randomUUID();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .timeout(BOUND)
                .header("ce-specversion", "1.0")
                .header("ce-id", "c-1")
                .header("ce-source", "/players/" + player)
                .header("ce-type", "wallet.deposit")
                .header("ce-subject", player)
                .header("ce-partitionkey", player)
                .header("ce-time", Instant.now().toString())
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"amount\":100,\"currency\":\"EUR\"}"))
                .build();
    }

    private static boolean isDone(HttpClient http, HttpRequest deposit) throws InterruptedException {
        try {
            return http.send(deposit, HttpResponse.BodyHandlers.discarding()).statusCode() == NO_CONTENT;
        } catch (IOException e) {
            return false;
        }
    }

    /// Of a running process; Linux alone tells it.
    static Map<String, String> environment(long pid) throws IOException {
        var file = Path.of("/proc", Long.toString(pid), "environ");
        var environment = new HashMap<String, String>();
        for (var entry : Files.readString(file, StandardCharsets.UTF_8).split("\0", -1)) {
            int is = entry.indexOf('=');
            if (is > 0) {
                environment.put(entry.substring(0, is), entry.substring(is + 1));
            }
        }
        return environment;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
