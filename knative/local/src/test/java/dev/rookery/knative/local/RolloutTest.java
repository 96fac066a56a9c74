package dev.rookery.knative.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.rookery.knative.local.process.Supervised;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Through the launcher's management port, as the command asks for it.
class RolloutTest {

    private static final int BOUND_SECONDS = 60;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch mayServe = new CountDownLatch(1);
    private final List<Supervised> gateways = List.of(
            ScriptedProcess.supervised("gateway-1", told, mayServe),
            ScriptedProcess.supervised("gateway-2", told, mayServe));
    private final Management management = Management.start(0);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void end() {
        http.close();
        management.close();
        gateways.forEach(Supervised::close);
    }

    @Test
    void oneGatewayServesAgainBeforeTheNextIsToldToEnd() throws Exception {
        ready(Duration.ofMinutes(1));
        mayServe.countDown();

        var answer = post("gateway");

        assertThat(told).containsExactly("gateway-1 ends", "gateway-1 serves", "gateway-2 ends", "gateway-2 serves");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .matches("\\[\\{\"name\":\"gateway-1\",\"millis\":\\d+},\\{\"name\":\"gateway-2\",\"millis\":\\d+}]");
    }

    @Test
    void aSecondRollIsRefusedWhileOneIsUnderWay() throws Exception {
        ready(Duration.ofMinutes(1));
        var first = CompletableFuture.supplyAsync(() -> postUnchecked("gateway"));
        await().until(() -> told.contains("gateway-1 ends"));

        var second = post("gateway");
        mayServe.countDown();

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).isEqualTo("roll: gateway is being rolled already (expected: one at a time)");
        assertThat(first.get(BOUND_SECONDS, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(post("gateway").statusCode()).isEqualTo(200);
    }

    @Test
    void whenOneDoesNotServeAgainTheOthersGoOnAsTheyWere() throws Exception {
        ready(Duration.ofMillis(200));

        var answer = post("gateway");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).startsWith("roll: gateway-1 does not serve again (expected: within ");
        assertThat(told).containsExactly("gateway-1 ends");
    }

    @Test
    void aRollDuringTheEndOfThePlatformIsToldSo() throws Exception {
        ready(Duration.ofMinutes(1));
        var roll = CompletableFuture.supplyAsync(() -> postUnchecked("gateway"));
        await().until(() -> told.contains("gateway-1 ends"));

        gateways.forEach(Supervised::close);

        assertThat(roll.get(BOUND_SECONDS, TimeUnit.SECONDS).body()).isEqualTo("roll: gateway-1 has been ended");
    }

    @Test
    void whatIsNoGatewayIsToldByName() throws Exception {
        ready(Duration.ofMinutes(1));

        var answer = post("wallet");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("roll: wallet (expected: gateway)");
        assertThat(told).isEmpty();
    }

    @Test
    void beforeThePlatformIsReadyNothingIsRolled() throws Exception {
        assertThat(post("gateway").statusCode()).isEqualTo(503);
        assertThat(told).isEmpty();
    }

    @Test
    void aPageInABrowserRollsNothing() throws Exception {
        ready(Duration.ofMinutes(1));

        var answer = send(
                request("gateway").header("Origin", "https://elsewhere.example").build());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(told).isEmpty();
    }

    @Test
    void onlyAPostRolls() throws Exception {
        ready(Duration.ofMinutes(1));

        var answer = send(request("gateway").GET().build());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(told).isEmpty();
    }

    private void ready(Duration bound) {
        var rollout = new Rollout("gateway", gateways, bound);
        management.ready(() -> PlatformState.NONE, rollout, rollout, HttpExchange::close);
    }

    private HttpResponse<String> post(String workload) throws Exception {
        return send(request(workload).build());
    }

    private HttpResponse<String> postUnchecked(String workload) {
        return http.sendAsync(request(workload).build(), HttpResponse.BodyHandlers.ofString())
                .join();
    }

    private HttpRequest.Builder request(String workload) {
        return HttpRequest.newBuilder(URI.create(management.url() + "/roll/" + workload))
                .timeout(Duration.ofSeconds(BOUND_SECONDS))
                .POST(HttpRequest.BodyPublishers.noBody());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
