package dev.rookery.knative.load.bench.money;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Gives players what they need for a bet: money, and a seed that rounds are drawn from. Then each of them bets
/// once, so that what is measured is never an account's first bet.
final class Welcoming {

    private static final int STEP_SECONDS = 120;
    /// Far more than a run can lose.
    private static final String MONEY = "{\"amount\":100000000,\"currency\":\"EUR\"}";
    private static final String SEED = "{\"clientSeed\":\"bench\"}";

    private final Bettors bettors;
    private final int connections;

    Welcoming(Bettors bettors, int connections) {
        this.bettors = bettors;
        this.connections = connections;
    }

    /// Blocks until all may bet.
    ///
    /// @throws IllegalStateException when a function does not take it, or not in time
    void run(Endpoint wallet, Endpoint rounds) {
        step(wallet, player -> new Delivery(player, "money", "wallet.deposit", MONEY));
        step(rounds, player -> new Delivery(player, "commit", "rounds.commit-seed", "{}"));
        step(rounds, player -> new Delivery(player, "use", "rounds.use-seed", SEED));
        step(rounds, bettors::bet);
    }

    private void step(Endpoint endpoint, Function<String, Delivery> delivery) {
        var players = bettors.all();
        try (var lanes = new Lanes(endpoint, connections, players.size())) {
            List<CompletableFuture<Void>> taken =
                    players.stream().map(delivery).map(lanes::deliver).toList();
            CompletableFuture.allOf(taken.toArray(CompletableFuture[]::new))
                    .orTimeout(STEP_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("players cannot be made ready: " + e.getCause(), e.getCause());
        }
    }
}
