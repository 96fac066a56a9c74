package dev.rookery.knative.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// How a command asks a running platform for something: over its management port.
///
/// @param url base URL of that port
record ManagementDoor(URI url) {

    private static final JsonMapper JSON = JsonMapper.shared();
    /// Longer than as many gateways as there may be take: each has a bound of its own in the launcher.
    private static final Duration OPERATION_BOUND = Duration.ofMinutes(15);

    private static final Duration BOUND = Duration.ofSeconds(2);

    static ManagementDoor of(RunningPlatform platform) {
        return new ManagementDoor(URI.create(platform.management()));
    }

    /// Waits until it is over.
    ///
    /// @param path     of the operation, such as [Management#ROLL]
    /// @param workload what is to be rolled or deployed
    /// @throws IllegalStateException when it is refused or did not go well; the message is for people
    List<Operation.Rolled> ask(String path, String workload) throws IOException, InterruptedException {
        var answer = send(HttpRequest.newBuilder(url.resolve(path + workload))
                .timeout(OPERATION_BOUND)
                .POST(HttpRequest.BodyPublishers.noBody()));
        return List.of(JSON.readValue(answer, Operation.Rolled[].class));
    }

    PlatformState state() throws IOException, InterruptedException {
        return JSON.readValue(
                send(HttpRequest.newBuilder(url.resolve("/status")).timeout(BOUND)), PlatformState.class);
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body().strip());
            }
            return answer.body();
        }
    }
}
