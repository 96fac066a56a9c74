package dev.rookery.knative.local.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A sink that waited for ever would not end by itself.
@Timeout(60)
class HttpSinkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final CloudEvent EVENT = CloudEventBuilder.v1()
            .withId("c-1")
            .withSource(URI.create("/players/p-1"))
            .withType("probe.act")
            .build();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void begin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void end() {
        ended.countDown();
        server.stop(0);
        threads.shutdownNow();
        http.shutdownNow();
    }

    @Test
    void whatIsNotAnsweredInTimeComesLater() throws Exception {
        var sink = sink(_ -> awaitEnd());

        assertThat(sink.post(EVENT, Map.of(), Duration.ofMillis(200)))
                .isEqualTo(new Reply.Later(0, "no answer within PT0.2S"));
    }

    @Test
    void anAnswerThatBeginsAndDoesNotEndInTimeIsNone() throws Exception {
        var sink = sink(exchange -> {
            exchange.sendResponseHeaders(503, 10);
            exchange.getResponseBody().write('n');
            exchange.getResponseBody().flush();
            awaitEnd();
        });

        assertThat(sink.post(EVENT, Map.of(), Duration.ofMillis(500)))
                .isEqualTo(new Reply.Later(0, "no answer within PT0.5S"));
    }

    @Test
    void ofALongReasonTheBeginningIsKept() throws Exception {
        var sink = sink(exchange -> {
            var reason = "because ".repeat(100_000).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, reason.length);
            exchange.getResponseBody().write(reason);
            exchange.close();
        });

        assertThat(sink.post(EVENT, Map.of(), PATIENCE))
                .isEqualTo(new Reply.Refused(400, "because ".repeat(ReasonReader.MAX_BYTES / "because ".length())));
    }

    private HttpSink sink(HttpHandler handler) {
        server.createContext("/", handler);
        return new HttpSink(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), http);
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
