package dev.rookery.knative.load.drill.crowd;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What players do: pure, from chance and what the player knows. Amounts are small, so that the edges of
/// balances and limits are met all the time.
final class Script {

    static final String CURRENCY = "EUR";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int TILES = 25;
    private static final long FIRST_DEPOSIT = 2_000;
    private static final long POOR = 300;
    /// Commands until somebody who has had enough has had enough.
    private static final int ENOUGH = 15;
    /// Limits are set from here on.
    private static final int LIMITS = 8;

    private Script() {}

    static Step next(SplittableRandom random, Sight sight) {
        var opening = opening(sight);
        if (opening.isPresent()) {
            return opening.get();
        }
        int chance = random.nextInt(100);
        if (chance < 3) {
            return new Step.Part();
        }
        if (chance < 10) {
            return new Step.Read();
        }
        if (chance < 16 && !sight.decided().isEmpty()) {
            return new Step.Again(any(random, sight));
        }
        if (chance < 20 && !sight.decided().isEmpty()) {
            return new Step.Reuse(other(any(random, sight)));
        }
        if (chance < 23) {
            return ask("rounds.commit-seed", JSON.createObjectNode());
        }
        if (chance < 26) {
            return ask("rounds.use-seed", JSON.createObjectNode().put("clientSeed", "lucky " + random.nextInt(1_000)));
        }
        return money(random, sight);
    }

    /// Nobody plays without money and a seed.
    private static Optional<Step> opening(Sight sight) {
        return switch (sight.asked()) {
            case 0 -> Optional.of(ask("wallet.deposit", money(FIRST_DEPOSIT)));
            case 1 -> Optional.of(ask("rounds.commit-seed", JSON.createObjectNode()));
            case 2 -> Optional.of(ask("rounds.use-seed", JSON.createObjectNode().put("clientSeed", "first")));
            default -> Optional.empty();
        };
    }

    private static Step money(SplittableRandom random, Sight sight) {
        switch (sight.habit()) {
            case FREE -> {}
            case LIMITED -> {
                if (sight.asked() >= LIMITS && random.nextInt(12) == 0) {
                    return limit(random, sight);
                }
            }
            case EXCLUDING -> {
                if (sight.asked() >= ENOUGH && random.nextInt(8) == 0) {
                    return ask("wallet.exclude", JSON.createObjectNode().put("hours", 24));
                }
            }
        }
        int chance = random.nextInt(100);
        if (chance < (sight.available() < POOR ? 45 : 20)) {
            return ask("wallet.deposit", money(1 + random.nextInt(500)));
        }
        if (chance < 60) {
            // About as much as there is, a little more or less.
            long most = Math.max(2, sight.available() + sight.available() / 3);
            return ask("wallet.withdraw", money(1 + random.nextLong(most)));
        }
        if (sight.habit() != Habit.LIMITED && chance < 85) {
            return mines(random, sight);
        }
        return dice(random, sight);
    }

    /// What was done already, and a little: the next ones meet the edge.
    private static Step limit(SplittableRandom random, Sight sight) {
        boolean isDeposit = random.nextBoolean();
        long done = isDeposit ? sight.deposited() : sight.staked();
        var periods = new String[] {"day", "week", "month"};
        return ask(
                "wallet.set-limit",
                JSON.createObjectNode()
                        .put("kind", isDeposit ? "deposit" : "stake")
                        .put("period", periods[random.nextInt(periods.length)])
                        .put("amount", done + random.nextInt(1_000))
                        .put("currency", CURRENCY));
    }

    private static Step dice(SplittableRandom random, Sight sight) {
        var bet = JSON.createObjectNode().put("game", "dice");
        bet.putObject("terms").put("direction", "under").put("target", 1_000 + random.nextInt(8_000));
        return ask("rounds.bet", bet.put("stake", stake(random, sight)).put("currency", CURRENCY));
    }

    /// One round at a time; now and then one is left alone, and now and then a second one is tried.
    private static Step mines(SplittableRandom random, Sight sight) {
        var round = sight.round();
        if (round == null || random.nextInt(20) == 0) {
            var bet = JSON.createObjectNode().put("game", "mines");
            bet.putObject("terms").put("mines", 1 + random.nextInt(5));
            return ask("rounds.bet", bet.put("stake", stake(random, sight)).put("currency", CURRENCY));
        }
        if (random.nextInt(4) == 0) {
            return new Step.Read();
        }
        var made = JSON.createObjectNode().put("round", round);
        if (!sight.revealed().isEmpty() && random.nextInt(3) == 0) {
            made.putObject("move").put("name", "cash-out");
        } else {
            var covered = IntStream.range(0, TILES)
                    .filter(tile -> !sight.revealed().contains(tile))
                    .toArray();
            made.putObject("move").put("name", "reveal").put("tile", covered[random.nextInt(covered.length)]);
        }
        return ask("rounds.move", made);
    }

    private static long stake(SplittableRandom random, Sight sight) {
        long most = Math.max(10, Math.min(400, sight.available() + 50));
        return 1 + random.nextLong(most);
    }

    private static Asked any(SplittableRandom random, Sight sight) {
        return sight.decided().get(random.nextInt(sight.decided().size()));
    }

    /// The same id and function, and something else that fits its type.
    private static Asked other(Asked earlier) {
        var data = earlier.data().deepCopy();
        if (data.has("amount")) {
            data.put("amount", data.get("amount").asLong() + 1);
        } else if (data.has("stake")) {
            data.put("stake", data.get("stake").asLong() + 1);
        } else if (data.has("clientSeed")) {
            data.put("clientSeed", data.get("clientSeed").asString() + "!");
        } else if (data.has("round")) {
            data.put("round", data.get("round").asString() + "x");
        } else if (data.has("hours")) {
            data.put("hours", data.get("hours").asLong() + 1);
        } else {
            return new Asked(
                    earlier.id(), "rounds.use-seed", JSON.createObjectNode().put("clientSeed", "other"));
        }
        return new Asked(earlier.id(), earlier.type(), data);
    }

    private static ObjectNode money(long amount) {
        return JSON.createObjectNode().put("amount", amount).put("currency", CURRENCY);
    }

    private static Step ask(String type, ObjectNode data) {
        return new Step.Ask(type, data);
    }
}
