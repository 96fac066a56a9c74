package dev.rookery.knative.load.bench;

import dev.rookery.knative.load.measure.Machine;
import dev.rookery.knative.load.measure.OpenLoop;
import dev.rookery.knative.load.platform.Database;
import dev.rookery.knative.load.platform.OnPlatform;
import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./rookery bench deploy`.
@Command(
        name = "deploy",
        description =
                "Gives the wallet a new revision while players send it commands: the longest wait, and whether a command"
                        + " failed or was done twice.")
public final class Deploy implements Callable<Integer> {

    private static final String FUNCTION = "wallet";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration DEPLOY_BOUND = Duration.ofMinutes(5);
    private static final int PLAYERS_A_COMMAND = 4;
    private static final int MAX_UNANSWERED_SECONDS = 60;
    private static final String DEPOSITED =
            "select coalesce(sum(balance), 0) from ledger.account where owner like ? || '%'";

    @Mixin
    private final OnPlatform platform = new OnPlatform();

    @Option(names = "--rate", defaultValue = "200", description = "commands a second (default: ${DEFAULT-VALUE})")
    private int rate;

    @Option(names = "--seconds", defaultValue = "60", description = "for how long (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var running = platform.find();
        int players = Math.max(1, rate * PLAYERS_A_COMMAND / 10);
        try (var crew = new Crew(URI.create(running.url()));
                var http = HttpClient.newHttpClient()) {
            crew.grow(players);
            var later = CompletableFuture.delayedExecutor(seconds * 1_000L / 3, TimeUnit.MILLISECONDS);
            var deployed = CompletableFuture.supplyAsync(() -> deploy(http, running), later);
            var step = new OpenLoop(rate, Duration.ofSeconds(seconds), PATIENCE, rate * MAX_UNANSWERED_SECONDS)
                    .run(number -> crew.deposit(number, players));
            print("a new revision of %s under %d/s for %d s; %s".formatted(FUNCTION, rate, seconds, Machine.here()));
            print("  " + deployed.join());
            print("  waits: p50 %.1f ms, p99 %.1f ms, longest %.1f ms"
                    .formatted(
                            step.latencies().p50Micros() / 1e3,
                            step.latencies().p99Micros() / 1e3,
                            step.latencies().maxMicros() / 1e3));
            long done = deposited(running, crew.prefix());
            print("  asked %d, unanswered %d, failed %d, done %d; promises not kept to players: %d"
                    .formatted(
                            step.sent(),
                            step.lost(),
                            step.failed(),
                            done,
                            crew.seen().violated()));
            boolean isKept = step.lost() == 0
                    && step.failed() == 0
                    && done == step.sent()
                    && crew.seen().violated() == 0;
            return isKept ? 0 : 1;
        }
    }

    private static String deploy(HttpClient http, RunningPlatform running) {
        var request = HttpRequest.newBuilder(URI.create(running.management() + "/deploy/" + FUNCTION))
                .timeout(DEPLOY_BOUND)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return "deploy: " + answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            return "deploy: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "deploy: interrupted";
        }
    }

    /// Each deposit is of one minor unit.
    private static long deposited(RunningPlatform running, String players) throws SQLException {
        try (var connection = new Database(running.postgres()).connect();
                var statement = connection.prepareStatement(DEPOSITED)) {
            statement.setString(1, players);
            try (var found = statement.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        }
    }

    private void print(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
