package dev.rookery.knative.load.player;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.json.JsonMapper;

/// Tokens from the gateway itself, which gives them to anybody on one machine and to nobody in a cluster.
public final class DevTokens implements Tokens {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http;
    private final URI address;

    /// @param url `http://host:port` of the gateway
    public DevTokens(HttpClient http, URI url) {
        this.http = http;
        this.address = url.resolve("/v1/dev/token");
    }

    @Override
    public CompletionStage<String> token(String player) {
        var body = JSON.createObjectNode().put("player", player).toString();
        var request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(DevTokens::token);
    }

    private static String token(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    "token: " + response.statusCode() + " " + response.body().strip() + " (expected: 200)");
        }
        return JSON.readTree(response.body()).path("token").asString();
    }
}
