package dev.rookery.knative.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rookery.knative.local.dispatch.SourceState;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The launcher's own health, metrics and state over HTTP on loopback, at the paths that gateway and functions
/// have too; and the door by which the command `roll` comes in.
final class Management implements AutoCloseable {

    /// `POST /roll/<workload>`: see [Rollout]. It answers when it has ended.
    static final String ROLL = "/roll/";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TEXT = "text/plain; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpServer server;
    private volatile boolean isReady;
    private volatile Supplier<List<SourceState>> sources = List::of;
    private volatile @Nullable Rollout rollout;

    private Management(HttpServer server) {
        this.server = server;
    }

    static Management start(int port) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            var management = new Management(server);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/actuator/health/liveness", exchange -> health(exchange, true));
            server.createContext("/actuator/health/readiness", exchange -> health(exchange, management.isReady));
            server.createContext("/actuator/prometheus", management::metrics);
            server.createContext("/status", management::status);
            server.createContext(ROLL, management::roll);
            server.start();
            return management;
        } catch (IOException e) {
            throw new UncheckedIOException("management port " + port + " cannot be had", e);
        }
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// From now on players are served.
    void ready(Supplier<List<SourceState>> states, Rollout gateways) {
        sources = states;
        rollout = gateways;
        isReady = true;
    }

    private static void health(HttpExchange exchange, boolean isUp) throws IOException {
        answer(exchange, isUp ? 200 : 503, "application/json", "{\"status\":\"" + (isUp ? "UP" : "DOWN") + "\"}");
    }

    private void metrics(HttpExchange exchange) throws IOException {
        answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape());
    }

    private void status(HttpExchange exchange) throws IOException {
        answer(exchange, 200, "application/json", JSON.writeValueAsString(sources.get()));
    }

    private void roll(HttpExchange exchange) throws IOException {
        var gateways = rollout;
        // A page in a browser of this machine may send a POST to here too; then there is an origin.
        if (exchange.getRequestHeaders().containsKey("Origin")) {
            answer(exchange, 403, TEXT, "Origin: from a web page (expected: none)");
        } else if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            answer(exchange, 405, TEXT, "method: " + exchange.getRequestMethod() + " (expected: POST)");
        } else if (gateways == null) {
            answer(exchange, 503, TEXT, "roll: the platform is starting (expected: once it is ready)");
        } else {
            roll(exchange, gateways);
        }
    }

    private static void roll(HttpExchange exchange, Rollout gateways) throws IOException {
        try {
            var name = exchange.getRequestURI().getPath().substring(ROLL.length());
            switch (gateways.roll(name)) {
                case Rollout.Outcome.Done(var processes) ->
                    answer(exchange, 200, "application/json", JSON.writeValueAsString(processes));
                case Rollout.Outcome.Unknown(var message) -> answer(exchange, 404, TEXT, message);
                case Rollout.Outcome.Busy(var message) -> answer(exchange, 409, TEXT, message);
                case Rollout.Outcome.Stuck(var message) -> answer(exchange, 503, TEXT, message);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer(exchange, 503, TEXT, "roll: the platform is ending");
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
