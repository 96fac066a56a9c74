package dev.rookery.knative.load.drill;

import dev.rookery.knative.load.platform.Database;
import dev.rookery.knative.load.platform.OwnPlatform;
import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// Waits until a platform is whole again after faults, and has nothing left to do.
///
/// @param platform that was broken
record Recovery(OwnPlatform platform) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final long PAUSE_MILLIS = 200;

    /// Open rounds end by their deadlines, and what could not be told is told by a sweep.
    private static final String LEFT = """
            select (select count(*) from rounds.round where state = 'open') || ' open rounds, '
                || (select count(*) from wallet.unemitted) + (select count(*) from rounds.unemitted)
                || ' outcomes untold, '
                || (select count(*) from ledger.seal) - (select count(*) from ledger.seal_publication)
                || ' seals unpublished'""";

    private static final String NOTHING_LEFT = "0 open rounds, 0 outcomes untold, 0 seals unpublished";

    /// Everything runs, is ready, and has delivered what there was to deliver.
    ///
    /// @return what is not so when the bound is reached; empty when all is
    List<String> whole(Duration bound) throws InterruptedException {
        return await(this::broken, bound);
    }

    /// What is done by the clock is done.
    ///
    /// @return what is left when the bound is reached; empty when nothing is
    List<String> idle(Duration bound) throws InterruptedException {
        return await(this::left, bound);
    }

    static List<String> await(Supplier<List<String>> missing, Duration bound) throws InterruptedException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (true) {
            var now = missing.get();
            if (now.isEmpty() || System.nanoTime() > deadline) {
                return now;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private List<String> left() {
        try (var connection = new Database(platform.now().postgres()).connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery(LEFT)) {
            found.next();
            var left = found.getString(1);
            return left.equals(NOTHING_LEFT) ? List.of() : List.of(left);
        } catch (SQLException | IllegalStateException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private List<String> broken() {
        var running = platform.find();
        if (running.isEmpty()) {
            return List.of("the platform does not run");
        }
        var broken = new ArrayList<String>();
        try (var http = HttpClient.newHttpClient()) {
            for (var child : running.get().processes()) {
                if (!isReady(http, child)) {
                    broken.add(child.name() + " is not ready");
                }
            }
            broken.addAll(undelivered(http, running.get()));
        }
        return broken;
    }

    private static boolean isReady(HttpClient http, RunningPlatform.Child child) {
        if (ProcessHandle.of(child.pid()).filter(ProcessHandle::isAlive).isEmpty()) {
            return false;
        }
        if (child.management().isEmpty()) {
            return true;
        }
        try {
            return get(http, child.management() + "/actuator/health/readiness").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> undelivered(HttpClient http, RunningPlatform running) {
        try {
            var state =
                    JSON.readTree(get(http, running.management() + "/status").body());
            return state.path("sources")
                    .valueStream()
                    .filter(source -> source.path("inFlight").asInt() > 0
                            || source.path("lag").asLong() > 0)
                    .map(source -> "not delivered: " + source)
                    .toList();
        } catch (IOException e) {
            return List.of("the platform does not say what it has delivered");
        }
    }

    private static HttpResponse<String> get(HttpClient http, String url) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
