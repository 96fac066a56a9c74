package dev.rookery.knative.load.bench.money;

import java.time.Duration;
import java.util.List;

/// How much of everything.
///
/// @param players     each with money and a seed, beside the one whom everybody bets for
/// @param connections to the function's endpoint: as many deliveries as it takes at a time. Each has players of
///                    its own
/// @param warmUp      which does not count: long enough that a JVM has compiled what the bets need
/// @param loop        of what counts, with cold accounts and with the hot one
/// @param rates       bets a second through the endpoint, each for the length of `rate`
/// @param tripRates   bets a second end to end, each for the length of `trip`
/// @param ceiling     of what counts, one bet a transaction and many
public record MoneyPlan(
        int players,
        int connections,
        Duration warmUp,
        Duration loop,
        Duration rate,
        List<Integer> rates,
        Duration trip,
        List<Integer> tripRates,
        Duration ceiling) {

    /// For answers that are still due when a step ends; what comes later than that is lost.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /// A rate so many times above what the closed loop reached says nothing but that it is too high.
    private static final double HOPELESS = 1.3;

    public MoneyPlan {
        rates = List.copyOf(rates);
        tripRates = List.copyOf(tripRates);
        if (connections < 1) {
            throw new IllegalArgumentException("connections: " + connections + " (expected: >= 1)");
        }
        if (players < connections) {
            throw new IllegalArgumentException(
                    "players: " + players + " (expected: >= " + connections + ", one for each connection)");
        }
    }

    static MoneyPlan whole() {
        return new MoneyPlan(
                512,
                128,
                Duration.ofSeconds(40),
                Duration.ofSeconds(10),
                Duration.ofSeconds(6),
                List.of(1_000, 2_500, 5_000),
                Duration.ofSeconds(10),
                List.of(50, 200),
                Duration.ofSeconds(8));
    }

    /// To see that everything works.
    static MoneyPlan quick() {
        return new MoneyPlan(
                128,
                128,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                List.of(100, 1_000_000),
                Duration.ofSeconds(1),
                List.of(20),
                Duration.ofSeconds(1));
    }

    /// Whether a rate is worth a try.
    ///
    /// @param reached bets a second in the closed loop
    static boolean isWorthATry(int rate, double reached) {
        return rate <= HOPELESS * reached;
    }

    /// A player for each bet a second, as far as they go.
    int bettors(int perSecond) {
        return Math.min(perSecond, players);
    }

    /// Two seconds' worth, and never so few that a slow start looks like a rate that does not hold.
    static int maxUnanswered(int perSecond) {
        return Math.max(100, 2 * perSecond);
    }
}
