package dev.rookery.knative.load.bench;

import dev.rookery.knative.load.player.Observed;
import dev.rookery.knative.load.player.Player;
import dev.rookery.knative.load.player.PlayerClient;
import dev.rookery.knative.load.player.PlayerListener;
import dev.rookery.knative.load.player.PlayerSettings;
import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.load.protocol.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The players of one benchmark, new ones each time, so that no account is older than the run.
final class Crew implements AutoCloseable {

    /// Each opens a socket and has a token signed: more at a time only wait for each other.
    private static final int TOGETHER = 25;

    private static final int WELCOME_SECONDS = 30;
    /// Hundreds of players who ping each second would be a load of their own.
    private static final PlayerSettings SETTINGS = PlayerSettings.DEFAULT.withProbe(Duration.ofSeconds(10));

    private static final JsonNode DEPOSIT =
            JsonMapper.shared().createObjectNode().put("amount", 1).put("currency", "EUR");

    private final PlayerClient client;
    private final String run = UUID.randomUUID().toString();
    private final List<Player> players = new ArrayList<>();

    Crew(URI gateway) {
        client = new PlayerClient(gateway);
    }

    /// Blocks until so many players are connected.
    ///
    /// @throws IllegalStateException when they are not in time
    void grow(int size) {
        while (players.size() < size) {
            var joining = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < TOGETHER && players.size() < size; i++) {
                var player = client.connect(prefix() + "-" + players.size(), SETTINGS, new PlayerListener() {});
                players.add(player);
                joining.add(player.welcomed());
            }
            await(joining);
        }
    }

    /// Of the ids of all its players, and of nobody else's.
    String prefix() {
        return "bench-" + run;
    }

    /// A deposit by one of the first so many players, each in turn; fails unless it is done.
    CompletableFuture<Event> deposit(long number, int among) {
        return players.get((int) (number % among))
                .command("wallet.deposit", DEPOSIT)
                .thenApply(Crew::done);
    }

    /// What all of them saw.
    Seen seen() {
        long violated = 0;
        long reconnects = 0;
        long sentBack = 0;
        for (var player : players) {
            Observed observed = player.observed();
            violated += observed.violated();
            reconnects += Math.max(0, observed.welcomes() - 1);
            sentBack += observed.errors().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
        return new Seen(players.size(), reconnects, sentBack, violated);
    }

    @Override
    public void close() {
        client.close();
    }

    /// @param reconnects connections that were lost and made again
    /// @param errors     error frames, of which most are retried
    /// @param violated   promises of the protocol that were not kept
    record Seen(int players, long reconnects, long errors, long violated) {}

    private static Event done(Event event) {
        if (event.outcome() != Outcome.DONE) {
            throw new IllegalStateException("outcome: " + event.outcome() + " (expected: DONE)");
        }
        return event;
    }

    private static void await(List<CompletableFuture<?>> joining) {
        try {
            CompletableFuture.allOf(joining.toArray(CompletableFuture[]::new))
                    .orTimeout(WELCOME_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("players cannot connect within " + WELCOME_SECONDS + " s", e.getCause());
        }
    }
}
