package dev.rookery.knative.local;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// Starts the gateways again, one after the other, as a rollout in a cluster would; players move meanwhile.
@Command(
        name = "roll",
        description = "Starts the gateways again, one after the other. Of a single one there is a moment without any.",
        mixinStandardHelpOptions = true)
final class Roll implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.shared();
    /// Longer than as many gateways as there may be take: each has a bound of its own in the launcher.
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    @Mixin
    private PlayerPort port = new PlayerPort();

    @Parameters(paramLabel = "WORKLOAD", description = "gateway")
    private String workload = "";

    @Override
    public Integer call() throws Exception {
        var asked = HttpRequest.newBuilder(
                        URI.create(port.running().management()).resolve(Management.ROLL + workload))
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(asked, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body().strip());
            }
            for (var each : JSON.readValue(answer.body(), Rollout.Rolled[].class)) {
                System.out.printf(
                        Locale.ROOT, "%-10s ended and serves again, %.1f s%n", each.name(), each.millis() / 1_000.0);
            }
            return 0;
        }
    }
}
