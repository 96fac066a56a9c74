package dev.rookery.knative.load.bench.money;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Bettors who play over WebSockets.
final class Seats implements AutoCloseable {

    /// Each opens a socket and has a token signed: more at a time only wait for each other.
    private static final int TOGETHER = 25;

    private static final int WELCOME_SECONDS = 30;
    /// Hundreds of players who ping each second would be a load of their own.
    private static final PlayerSettings SETTINGS = PlayerSettings.DEFAULT.withProbe(Duration.ofSeconds(10));

    private static final JsonNode DICE = JsonMapper.shared().readTree(Bettors.DICE);

    private final PlayerClient client;
    private final Bettors bettors;
    private final List<Player> players = new ArrayList<>();

    Seats(URI gateway, Bettors bettors) {
        this.client = new PlayerClient(gateway);
        this.bettors = bettors;
    }

    /// Blocks until so many are connected.
    ///
    /// @throws IllegalStateException when they are not in time
    void fill(int size) {
        while (players.size() < size) {
            var joining = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < TOGETHER && players.size() < size; i++) {
                var player = client.connect(bettors.cold().get(players.size()), SETTINGS, new PlayerListener() {});
                players.add(player);
                joining.add(player.welcomed());
            }
            await(joining);
        }
    }

    /// A bet by one of the first so many, each in turn; fails unless it is done.
    CompletableFuture<Event> bet(long number, int among) {
        return players.get((int) (number % among))
                .command(bettors.nextBet(), Bettors.BET, DICE)
                .thenApply(Seats::done);
    }

    /// Promises of the protocol that were not kept.
    long violated() {
        return players.stream()
                .mapToLong(player -> player.observed().violated())
                .sum();
    }

    @Override
    public void close() {
        client.close();
    }

    private static Event done(Event event) {
        if (event.outcome() != Outcome.DONE) {
            throw new IllegalStateException("outcome: " + event.outcome() + " " + event.data() + " (expected: DONE)");
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
