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
import tools.jackson.databind.json.JsonMapper;

/// The launcher's own health, metrics and state over HTTP on loopback, at the paths that gateway and functions
/// have too.
final class Management implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpServer server;
    private volatile boolean isReady;
    private volatile Supplier<List<SourceState>> sources = List::of;

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
    void ready(Supplier<List<SourceState>> states) {
        sources = states;
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
