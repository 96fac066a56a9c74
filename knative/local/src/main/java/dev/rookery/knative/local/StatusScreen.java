package dev.rookery.knative.local;

import dev.rookery.knative.local.dispatch.SourceState;
import dev.rookery.knative.local.ops.ReplicaLag;
import dev.rookery.knative.local.scale.FunctionState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Formatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// What `./rookery status` shows. It remembers what it showed last: then it has rates.
final class StatusScreen {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Map<String, Long> delivered = new HashMap<>();
    private long shownNanos;

    String text(RunningPlatform platform) throws IOException, InterruptedException {
        var text = new Formatter(Locale.ROOT);
        text.format("platform on port %d, pid %d, since %s%n", platform.port(), platform.pid(), platform.started());
        text.format("data and logs: %s%n%n", platform.data());
        processes(text, platform);
        var state = ManagementDoor.of(platform).state();
        text.format(
                "%n%-10s %8s %9s %6s %6s %8s %8s %12s %10s%n",
                "function", "revision", "instances", "wanted", "most", "events", "waiting", "cold starts", "last, s");
        state.functions().forEach(function -> function(text, function));
        text.format("%nreplica: %s%n", ReplicaLag.tell(platform.postgres().primary()));
        text.format(
                "%n%-18s %9s %6s %10s %8s %8s %12s%n",
                "source", "in flight", "lag", "delivered", "a second", "retried", "dead letters");
        long now = System.nanoTime();
        state.sources().forEach(source -> source(text, source, now - shownNanos));
        shownNanos = now;
        return text.toString();
    }

    private static void processes(Formatter text, RunningPlatform platform) throws InterruptedException {
        text.format("%-10s %-9s %8s %6s %9s%n", "process", "state", "pid", "port", "restarts");
        try (var http = HttpClient.newHttpClient()) {
            for (var child : platform.processes()) {
                text.format(
                        "%-10s %-9s %8d %6d %9d%n",
                        child.name(), state(http, child), child.pid(), child.port(), child.restarts());
            }
        }
    }

    private static void function(Formatter text, FunctionState function) {
        text.format(
                "%-10s %8d %9s %6d %6s %8d %8d %12d %10s%n",
                function.function(),
                function.revision(),
                function.ready() + (function.starting() > 0 ? "+" + function.starting() : ""),
                function.desired(),
                function.max() == 0 ? "-" : Integer.toString(function.max()),
                function.concurrency(),
                function.waiting(),
                function.coldStarts(),
                function.coldStarts() == 0
                        ? "-"
                        : String.format(Locale.ROOT, "%.2f", function.lastColdStartMillis() / 1_000.0));
    }

    private void source(Formatter text, SourceState source, long sinceNanos) {
        var before = delivered.put(source.source(), source.delivered());
        var rate = before == null
                ? "-"
                : String.format(Locale.ROOT, "%.1f", (source.delivered() - before) * 1e9 / Math.max(1, sinceNanos));
        text.format(
                "%-18s %9d %6d %10d %8s %8d %12d%n",
                source.source(),
                source.inFlight(),
                source.lag(),
                source.delivered(),
                rate,
                source.retried(),
                source.deadLettered());
    }

    private static String state(HttpClient http, RunningPlatform.Child child) throws InterruptedException {
        if (ProcessHandle.of(child.pid()).filter(ProcessHandle::isAlive).isEmpty()) {
            return "ended";
        }
        if (child.management().isEmpty()) {
            return "running";
        }
        try {
            var probe = HttpRequest.newBuilder(URI.create(child.management() + "/actuator/health/readiness"))
                    .timeout(TIMEOUT)
                    .build();
            return http.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200 ? "ready" : "not ready";
        } catch (IOException e) {
            return "silent";
        }
    }
}
