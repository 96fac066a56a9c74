package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The gateway as a process: what an operator sees of it.
class GatewayProcessTest {

    @RegisterExtension
    static final RunningGateway gateway = RunningGateway.with();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());

    @Test
    void nobodyGetsATokenUnlessTheOperatorSaysSo() throws Exception {
        var asked = HttpRequest.newBuilder(gateway.http("/v1/dev/token"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"player\":\"p-7\"}"))
                .build();

        assertThat(HTTP.send(asked, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void itIsReadyWhenItListensAndKnowsItsTopics() throws Exception {
        await().untilAsserted(() -> assertThat(status(gateway.management("/actuator/health/readiness")))
                .isEqualTo(200));
        assertThat(status(gateway.management("/actuator/health/liveness"))).isEqualTo(200);
    }

    @Test
    void untilATopicIsThereItIsNotReadyAndTakesNothingForIt(@TempDir Path catalog) throws Exception {
        Files.writeString(catalog.resolve("unborn.json"), """
                {"function": "unborn", "types": [{"type": "unborn.act", "lane": "command", "key": "player",
                 "maxDataBytes": 64, "perSecond": 10, "schema": {"type": "object"}}]}""");
        try (var early = gateway.start(List.of("rookery.catalog=" + catalog));
                var client = Client.connect(RunningGateway.portOf(early))) {
            var readiness = RunningGateway.management(early, "/actuator/health/readiness");
            client.send(RunningGateway.hello(player));
            client.next("welcome");

            assertThat(status(readiness)).isEqualTo(503);
            assertThat(client.command("c-1", "unborn.act", "{}")
                            .next("error")
                            .path("code")
                            .asString())
                    .isEqualTo("busy");

            createTopic("rookery.unborn.commands");
            await().untilAsserted(() -> assertThat(status(readiness)).isEqualTo(200));
            assertThat(client.command("c-1", "unborn.act", "{}")
                            .next("accepted")
                            .path("id")
                            .asString())
                    .isEqualTo("c-1");
        }
    }

    @Test
    void whatItDoesIsCountedWithoutNamingAnybody() throws Exception {
        try (var client = gateway.welcome(player)) {
            client.act("c-1");
            client.next("accepted");
            gateway.probe().decideNext(player);
            client.next("event");

            var metrics = get(gateway.management("/actuator/prometheus")).body();

            assertThat(metrics)
                    .contains("rookery_gateway_active_connections{state=\"open\"}")
                    .contains("rookery_gateway_connection_attempts_total{error_type=\"none\",outcome=\"opened\"}")
                    .contains("rookery_gateway_active_connections{state=\"waiting\"}")
                    .contains("rookery_gateway_event_loop_lag_seconds_max{loop=\"0\"}")
                    .contains("netty_eventexecutor_tasks_pending")
                    .contains("netty_allocator_memory_used")
                    .contains("rookery_message_accepted_total{cloudevents_event_type=\"probe.act\"}")
                    .contains(
                            "rookery_message_duration_seconds_count{cloudevents_event_type=\"probe.act\",outcome=\"answered\"}")
                    .doesNotContain(player.value());
        }
    }

    @Test
    void tracesAreSampledAsTheOperatorSays() throws Exception {
        try (var untraced = gateway.start(List.of("ROOKERY_TRACE_SAMPLING=0.0"));
                var client = Client.connect(RunningGateway.portOf(untraced))) {
            client.send(RunningGateway.hello(player)).next("welcome");

            client.act("c-1").next("accepted");

            assertThat(gateway.probe().next(player).header("traceparent")).endsWith("-00");
        }
    }

    /// A thread that stays behind would keep the process alive, and nobody would start it again.
    @Test
    void withoutItsPortNothingOfItStays() {
        assertThatThrownBy(() -> gateway.start(List.of("rookery.transport.port=" + gateway.port())))
                .hasStackTraceContaining("port: " + gateway.port() + " of 127.0.0.1 cannot be had");

        await().untilAsserted(() -> assertThat(loopsAlive()).isEqualTo(1));
    }

    /// Groups of event loops of which a thread is alive.
    private static long loopsAlive() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("multiThreadIoEventLoopGroup-"))
                .map(name -> name.substring(0, name.lastIndexOf('-')))
                .distinct()
                .count();
    }

    private static void createTopic(String name) throws Exception {
        try (var admin = Admin.create(
                Map.of("bootstrap.servers", gateway.backing().kafka().bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        }
    }

    private static int status(URI uri) throws IOException, InterruptedException {
        return get(uri).statusCode();
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
