package dev.rookery.knative.local.dispatch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A function over HTTP that answers what a test says and remembers what it was posted.
final class ScriptedFunction implements AutoCloseable {

    private final HttpServer server;
    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Posted> unseen = new LinkedBlockingQueue<>();
    private volatile Function<Posted, Integer> script = posted -> 204;

    ScriptedFunction() {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    ScriptedFunction(InetSocketAddress address) {
        try {
            server = HttpServer.create(address, 500);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /// @param headers lower-case names
    record Posted(Map<String, String> headers, String body) {

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        String id() {
            return header("ce-id");
        }
    }

    /// @param posting status by what was posted; may wait
    void answers(Function<Posted, Integer> posting) {
        script = posting;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /// Everything so far.
    List<Posted> posted() {
        return posted;
    }

    /// Waits for the next that no test has seen.
    Posted next() {
        try {
            var next = unseen.poll(60, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing was posted in time");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            var each =
                    new Posted(headers, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            posted.add(each);
            unseen.add(each);
            int status = script.apply(each);
            var body = ("status " + status).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, status == 204 ? -1 : body.length);
            if (status != 204) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
