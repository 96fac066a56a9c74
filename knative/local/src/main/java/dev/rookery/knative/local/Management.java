package dev.rookery.knative.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.rookery.knative.local.ops.Operators;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The launcher's own health, metrics and state over HTTP on loopback, at the paths that gateway and functions
/// have too; the door by which the commands `roll` and `deploy` come in; and the operators' page.
final class Management implements AutoCloseable {

    /// `POST /roll/<workload>`: see [Rollout]. It answers when it has ended.
    static final String ROLL = "/roll/";

    /// `POST /deploy/<function>`: see [Functions]. It answers when it has ended.
    static final String DEPLOY = "/deploy/";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TEXT = "text/plain; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpServer server;
    private volatile boolean isReady;
    private volatile Supplier<PlatformState> state = () -> PlatformState.NONE;
    private volatile @Nullable Operation roll;
    private volatile @Nullable Operation deploy;
    private volatile @Nullable HttpHandler operators;

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
            server.createContext(ROLL, exchange -> management.operate(exchange, ROLL, management.roll));
            server.createContext(DEPLOY, exchange -> management.operate(exchange, DEPLOY, management.deploy));
            server.createContext(Operators.PATH, management::operators);
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
    ///
    /// @param page what operators see
    void ready(Supplier<PlatformState> states, Operation gateways, Operation functions, HttpHandler page) {
        operators = page;
        state = states;
        roll = gateways;
        deploy = functions;
        isReady = true;
    }

    private static void health(HttpExchange exchange, boolean isUp) throws IOException {
        answer(exchange, isUp ? 200 : 503, "application/json", "{\"status\":\"" + (isUp ? "UP" : "DOWN") + "\"}");
    }

    private void metrics(HttpExchange exchange) throws IOException {
        answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape());
    }

    private void status(HttpExchange exchange) throws IOException {
        answer(exchange, 200, "application/json", JSON.writeValueAsString(state.get()));
    }

    private void operators(HttpExchange exchange) throws IOException {
        var page = operators;
        if (page == null) {
            answer(exchange, 503, TEXT, "the platform is starting (expected: once it is ready)");
        } else {
            page.handle(exchange);
        }
    }

    private void operate(HttpExchange exchange, String path, @Nullable Operation operation) throws IOException {
        var word = path.replace("/", "");
        // A page in a browser of this machine may send a POST to here too; then there is an origin.
        if (exchange.getRequestHeaders().containsKey("Origin")) {
            answer(exchange, 403, TEXT, "Origin: from a web page (expected: none)");
        } else if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            answer(exchange, 405, TEXT, "method: " + exchange.getRequestMethod() + " (expected: POST)");
        } else if (operation == null) {
            answer(exchange, 503, TEXT, word + ": the platform is starting (expected: once it is ready)");
        } else {
            var name = exchange.getRequestURI().getPath().substring(path.length());
            answer(exchange, word, operation, name);
        }
    }

    private static void answer(HttpExchange exchange, String word, Operation operation, String name)
            throws IOException {
        try {
            switch (operation.run(name)) {
                case Operation.Outcome.Done(var processes) ->
                    answer(exchange, 200, "application/json", JSON.writeValueAsString(processes));
                case Operation.Outcome.Unknown(var message) -> answer(exchange, 404, TEXT, message);
                case Operation.Outcome.Busy(var message) -> answer(exchange, 409, TEXT, message);
                case Operation.Outcome.Stuck(var message) -> answer(exchange, 503, TEXT, message);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer(exchange, 503, TEXT, word + ": the platform is ending");
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
