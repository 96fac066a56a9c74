package dev.rookery.knative.local;

import dev.rookery.knative.local.dispatch.SourceState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/// Tells what runs, whether it is ready, how far the replica is, and how deliveries stand.
@Command(name = "status", description = "Tells what runs.", mixinStandardHelpOptions = true)
final class Status implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @Mixin
    private PlayerPort port = new PlayerPort();

    @Override
    public Integer call() throws Exception {
        var platform = port.running();
        var out = System.out;
        out.printf("platform on port %d, pid %d, since %s%n", platform.port(), platform.pid(), platform.started());
        out.printf("data and logs: %s%n%n", platform.data());
        out.printf(Locale.ROOT, "%-10s %-9s %8s %6s %9s%n", "process", "state", "pid", "port", "restarts");
        try (var http = HttpClient.newHttpClient()) {
            for (var child : platform.processes()) {
                out.printf(
                        Locale.ROOT,
                        "%-10s %-9s %8d %6d %9d%n",
                        child.name(),
                        state(http, child),
                        child.pid(),
                        child.port(),
                        child.restarts());
            }
            out.printf("%nreplica: %s%n", ReplicaLag.tell(platform.postgres()));
            out.printf(
                    Locale.ROOT,
                    "%n%-18s %9s %6s %10s %8s %12s%n",
                    "source",
                    "in flight",
                    "lag",
                    "delivered",
                    "retried",
                    "dead letters");
            for (var source : sources(http, platform)) {
                out.printf(
                        Locale.ROOT,
                        "%-18s %9d %6d %10d %8d %12d%n",
                        source.source(),
                        source.inFlight(),
                        source.lag(),
                        source.delivered(),
                        source.retried(),
                        source.deadLettered());
            }
        }
        return 0;
    }

    private static String state(HttpClient http, RunningPlatform.Child child) throws InterruptedException {
        if (ProcessHandle.of(child.pid()).filter(ProcessHandle::isAlive).isEmpty()) {
            return "ended";
        }
        if (child.management().isEmpty()) {
            return "running";
        }
        try {
            var probe = get(http, child.management() + "/actuator/health/readiness");
            return probe.statusCode() == 200 ? "ready" : "not ready";
        } catch (IOException e) {
            return "silent";
        }
    }

    private static List<SourceState> sources(HttpClient http, RunningPlatform platform)
            throws IOException, InterruptedException {
        var states = get(http, platform.management() + "/status");
        return List.of(JSON.readValue(states.body(), SourceState[].class));
    }

    private static HttpResponse<String> get(HttpClient http, String url) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
    }
}
