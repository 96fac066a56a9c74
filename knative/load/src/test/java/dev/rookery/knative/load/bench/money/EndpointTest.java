package dev.rookery.knative.load.bench.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against an HTTP server that answers as it is told.
class EndpointTest {

    private static final Delivery BET = new Delivery("p-1", "b-1", "rounds.bet", "{\"stake\":1}");

    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private Endpoint endpoint;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        endpoint = new Endpoint(server.getAddress().getPort());
    }

    @AfterEach
    void end() {
        held.countDown();
        server.stop(0);
        threads.close();
    }

    @Test
    void aDeliveryIsACloudEventInBinaryMode() throws Exception {
        answers.add(204);

        try (var connection = endpoint.open()) {
            connection.deliver(BET);
        }

        assertThat(received)
                .containsExactly("POST 1.0 b-1 /players/p-1 rounds.bet p-1 p-1 application/json {\"stake\":1}");
        assertThat(endpoint.taken()).isEqualTo(1);
    }

    @Test
    void whatIsToldToComeAgainComesAgainOverTheSameConnection() throws Exception {
        answers.addAll(List.of(503, 503, 204));

        try (var connection = endpoint.open()) {
            connection.deliver(BET);
        }

        assertThat(received).hasSize(3);
        assertThat(endpoint.sentBack()).isEqualTo(2);
        assertThat(endpoint.taken()).isEqualTo(1);
    }

    @Test
    void anyOtherAnswerIsAnErrorThatNamesTheReason() throws Exception {
        answers.add(400);

        try (var connection = endpoint.open()) {
            assertThatThrownBy(() -> connection.deliver(BET))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("rounds.bet b-1: 400 because (expected: 204)");
        }
        assertThat(endpoint.taken()).isZero();
    }

    @Test
    void noMoreAreDeliveredAtATimeThanThereAreLanes() {
        answers.addAll(List.of(0, 0, 204));

        try (var lanes = new Lanes(endpoint, 2, 10)) {
            var taken = List.of(lanes.deliver(BET), lanes.deliver(BET), lanes.deliver(BET));
            await().until(() -> running.get() == 2);

            assertThat(received).hasSize(2);
            held.countDown();
            await().untilAsserted(() ->
                    assertThat(taken).allMatch(each -> each.isDone() && !each.isCompletedExceptionally()));
        }
    }

    @Test
    void aDeliveryBeyondThoseThatMayWaitFails() {
        answers.addAll(List.of(0));

        try (var lanes = new Lanes(endpoint, 1, 1)) {
            lanes.deliver(BET);
            await().until(() -> running.get() == 1);
            lanes.deliver(BET);

            assertThat(lanes.deliver(BET))
                    .failsWithin(Duration.ofSeconds(60))
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("deliveries that wait: 1 (expected: fewer than that before another one)");
            held.countDown();
        }
    }

    @Test
    void aLaneThatLostItsConnectionMakesAnother() {
        answers.addAll(List.of(-1, 204));

        try (var lanes = new Lanes(endpoint, 1, 10)) {
            var lost = lanes.deliver(BET);
            var next = lanes.deliver(BET);

            await().until(next::isDone);
            assertThat(lost).isCompletedExceptionally();
            assertThat(next).isCompleted();
        }
    }

    /// 0 waits until it is let go; -1 hangs up.
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(told(exchange));
            Integer status = answers.poll();
            if (status == null || status < 0) {
                return;
            }
            if (status == 0) {
                running.incrementAndGet();
                held.await();
                status = 204;
            }
            var reason = status == 204 ? new byte[0] : "because".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, status == 204 ? -1 : reason.length);
            exchange.getResponseBody().write(reason);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String told(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        return String.join(
                " ",
                exchange.getRequestMethod(),
                headers.getFirst("ce-specversion"),
                headers.getFirst("ce-id"),
                headers.getFirst("ce-source"),
                headers.getFirst("ce-type"),
                headers.getFirst("ce-subject"),
                headers.getFirst("ce-partitionkey"),
                headers.getFirst("content-type"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }
}
