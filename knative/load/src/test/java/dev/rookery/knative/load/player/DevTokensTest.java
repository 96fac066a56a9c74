package dev.rookery.knative.load.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DevTokensTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private int status = 200;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/dev/token", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        http.shutdownNow();
    }

    @Test
    void theGatewayIsAskedForThePlayersToken() {
        assertThat(tokens().token("p-7").toCompletableFuture().join()).isEqualTo("t-1");
        assertThat(asked).containsExactly("POST {\"player\":\"p-7\"}");
    }

    @Test
    void whereNobodyGetsTokensThatIsSaid() {
        status = 404;

        assertThatThrownBy(() -> tokens().token("p-7").toCompletableFuture().join())
                .hasRootCauseMessage("token: 404 {\"token\":\"t-1\"} (expected: 200)");
    }

    private DevTokens tokens() {
        return new DevTokens(
                http, URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var body = "{\"token\":\"t-1\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
