package dev.rookery.knative.local.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.rookery.knative.local.letters.LetterBox;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Serves operators at `/ops`.
///
/// | request | answer |
/// |---|---|
/// | `GET /ops/` | the page, and below it its files |
/// | `GET /ops/state` | [OpsState] |
/// | `GET /ops/letters` | the dead letters, oldest first |
/// | `POST /ops/letters/replay` `{"name": "player/id"}` | `{"id"}`: what it is given to its function again by |
/// | `GET /ops/trip?command=ID` | [Trip] |
///
/// What cannot be done is answered with a status from 400 on and text for people. There is no sign-in: whoever reaches
/// the management port is an operator. So that web pages do not reach it through an operator's browser, requests have
/// to name this machine, and a replay has to come from the page itself.
public final class Operators implements HttpHandler {

    /// Where all of it is.
    public static final String PATH = "/ops";

    private static final Logger LOG = LoggerFactory.getLogger(Operators.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    /// By any port: one may be forwarded from another machine.
    private static final Pattern THIS_MACHINE = Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]+)?");

    private static final int MAX_BODY_BYTES = 4_096;

    private final Watch watch;
    private final Trips trips;
    private final SharedLetters letters;
    private final PageFiles files = PageFiles.packed();

    /// @param platform how it stands at a moment
    /// @param letters  as they are at a moment; what opens it may take seconds
    public Operators(
            Supplier<Operated> platform, Operated.Backing backing, Supplier<LetterBox> letters, HttpClient http) {
        this.watch = new Watch(platform, backing.primary(), Trips.functions(backing), http);
        this.trips = new Trips(backing);
        this.letters = new SharedLetters(letters);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        var answer = answer(exchange);
        try (exchange) {
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", answer.type());
            headers.set("Cache-Control", answer.isImmutable() ? "private, max-age=31536000, immutable" : "no-store");
            headers.set("Content-Security-Policy", POLICY);
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cross-Origin-Opener-Policy", "same-origin");
            if (answer.status() == 302) {
                headers.set("Location", PATH + "/");
            }
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        var host = exchange.getRequestHeaders().getFirst("Host");
        if (host == null || !THIS_MACHINE.matcher(host).matches()) {
            return Answer.text(400, "Host: " + host + " (expected: localhost or 127.0.0.1)");
        }
        try {
            return answer(exchange, exchange.getRequestURI().getPath());
        } catch (IllegalArgumentException e) {
            return Answer.text(exchange.getRequestMethod().equals("POST") ? 400 : 404, said(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.text(503, "the platform is ending");
        } catch (RuntimeException e) {
            LOG.warn("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            return Answer.text(503, said(e));
        }
    }

    private Answer answer(HttpExchange exchange, String path) throws IOException, InterruptedException {
        boolean isReplay = path.equals(PATH + "/letters/replay");
        var method = exchange.getRequestMethod();
        if (!method.equals(isReplay ? "POST" : "GET")) {
            return Answer.text(405, "method: " + method + " (expected: " + (isReplay ? "POST" : "GET") + ")");
        }
        return switch (path) {
            case PATH -> new Answer(302, TEXT, false, new byte[0]);
            case PATH + "/state" -> Answer.json(watch.state());
            case PATH + "/letters" -> Answer.json(letters.list());
            case PATH + "/letters/replay" -> replay(exchange);
            case PATH + "/trip" ->
                Answer.json(trips.find(parameter(exchange.getRequestURI().getRawQuery(), "command")));
            default ->
                path.startsWith(PATH + "/")
                        ? file(path.substring(PATH.length() + 1))
                        : Answer.text(404, "path: unknown (expected: " + PATH + "/)");
        };
    }

    private Answer replay(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var origin = headers.getFirst("Origin");
        if (!("http://" + headers.getFirst("Host")).equals(origin)) {
            return Answer.text(403, "Origin: " + origin + " (expected: that of this page)");
        }
        if (!"application/json".equals(headers.getFirst("Content-Type"))) {
            return Answer.text(
                    415, "Content-Type: " + headers.getFirst("Content-Type") + " (expected: application/json)");
        }
        var body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES);
        return Answer.json(Map.of("id", letters.replay(name(body))));
    }

    private static String name(byte[] body) {
        try {
            var name = JSON.readTree(body).get("name");
            if (name != null && name.isString()) {
                return name.asString();
            }
        } catch (JacksonException e) {
            // Told below, like any other body that is not what is expected.
        }
        throw new IllegalArgumentException(
                "body: " + new String(body, StandardCharsets.UTF_8) + " (expected: {\"name\": \"player/id\"})");
    }

    private static String parameter(String query, String name) {
        for (var pair : query == null ? new String[0] : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        throw new IllegalArgumentException(name + ": is not given (expected: ?" + name + "=ID)");
    }

    private Answer file(String asked) {
        var name = asked.isEmpty() ? "index.html" : asked;
        return files.find(name)
                .map(bytes -> new Answer(200, PageFiles.type(name), name.startsWith("assets/"), bytes))
                .orElseGet(() -> Answer.text(
                        404,
                        asked.isEmpty()
                                ? "/ops/: the page is not in this build (expected: Node >= 20 where it is built)"
                                : "path: unknown (expected: " + PATH + "/)"));
    }

    private static String said(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /// @param body empty when there is none
    @SuppressWarnings("ArrayRecordComponent")
    private record Answer(int status, String type, boolean isImmutable, byte[] body) {

        private static Answer text(int status, String text) {
            return new Answer(status, TEXT, false, text.getBytes(StandardCharsets.UTF_8));
        }

        private static Answer json(Object value) {
            return new Answer(200, "application/json", false, JSON.writeValueAsBytes(value));
        }
    }
}
