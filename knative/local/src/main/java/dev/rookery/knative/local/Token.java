package dev.rookery.knative.local;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// Prints a token, and nothing else, so that a script can take it.
@Command(name = "token", description = "Prints a token for a player.", mixinStandardHelpOptions = true)
final class Token implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Mixin
    private PlayerPort port = new PlayerPort();

    @Parameters(paramLabel = "PLAYER", description = "1 to 64 characters of A-Z a-z 0-9 . _ : -")
    private String player = "";

    @Override
    public Integer call() throws Exception {
        var asked = HttpRequest.newBuilder(URI.create(port.running().url() + "/v1/dev/token"))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("player", player))))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(asked, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body().strip());
            }
            System.out.println(JSON.readTree(answer.body()).get("token").stringValue());
            return 0;
        }
    }
}
