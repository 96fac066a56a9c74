package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an operator sees of each process.
class ManagementTest {

    @RegisterExtension
    static final SharedPlatform rookery = new SharedPlatform();

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String player = "p-" + UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "wallet", "launcher"})
    void eachProcessTellsThatItIsAliveAndReady(String process) {
        assertThat(get(process, "/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get(process, "/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "gateway, rookery_message_accepted_total",
        "gateway, rookery_gateway_active_connections",
        "wallet, faas_invoke_duration_seconds_count",
        "wallet, rookery_queue_wait_seconds_count",
        "launcher, rookery_dispatch_delivered_total",
    })
    void eachProcessCountsWhatItDoes(String process, String metric) {
        deposit("c-1", 1_000);

        var scraped = get(process, "/actuator/prometheus");

        assertThat(scraped.statusCode()).isEqualTo(200);
        assertThat(scraped.body()).contains(metric).doesNotContain(player);
    }

    @Test
    void logsAreJsonWithTheTraceAndTheEvent() {
        deposit("c-1", 1_000);
        deposit("c-1", 2_000);
        var log = rookery.platform().data().resolve("logs/wallet.log");

        await().untilAsserted(() -> {
            try (var lines = Files.lines(log)) {
                assertThat(lines.map(ManagementTest::json)).anySatisfy(line -> {
                    assertThat(line.path("player").asString("")).isEqualTo(player);
                    assertThat(line.path("event_id").asString("")).isEqualTo("c-1");
                    assertThat(line.path("trace_id").asString("")).matches("[0-9a-f]{32}");
                    assertThat(line.path("span_id").asString("")).matches("[0-9a-f]{16}");
                    assertThat(line.path("component").asString("")).isEqualTo("wallet");
                });
            }
        });
    }

    @Test
    void theLaunchersLogIsJsonWithTheTraceAndTheEvent() throws Exception {
        rookery.produce("no CloudEvent, of " + player);
        var log = rookery.platform().data().resolve("logs/rookery.log");

        await().untilAsserted(() -> {
            try (var lines = Files.lines(log)) {
                assertThat(lines.map(ManagementTest::json)).anySatisfy(line -> {
                    assertThat(line.path("formattedMessage").asString(""))
                            .startsWith("dead letter: dev.knative.kafka.event not a player's request: ");
                    assertThat(line.path("mdc").path("event_id").asString("")).matches("partition:\\d+/offset:\\d+");
                    assertThat(line.path("mdc").path("trace_id").asString("")).matches("[0-9a-f]{32}");
                });
            }
        });
    }

    private void deposit(String id, long amount) {
        try (var wire = Wire.hello(rookery.url(), player)) {
            wire.next("welcome");
            wire.deposit(id, amount);
            wire.next(frame -> frame.path("re").asString("").equals(id)
                    && !frame.path("op").asString().equals("accepted"));
        }
    }

    private static HttpResponse<String> get(String process, String path) {
        var platform = rookery.platform();
        var base = process.equals("launcher")
                ? platform.management()
                : platform.process(process).orElseThrow().management();
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create(base + path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String line) {
        return JSON.readTree(line);
    }
}
