package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.delivery.batch.Rule;
import dev.rookery.functions.games.fair.ServerSeed;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// `rounds.commit-seed`: the house commits to its next seed, before the player says what is added to it. Asked again,
/// it tells the same commitment: nobody can ask for seeds until one pleases. What comes out is
/// `rounds.seed-committed`.
///
/// @param fresh seeds that nobody has seen
record CommitSeedRule(Supplier<ServerSeed> fresh) implements Rule<Map<String, Object>, RoundNeed, Sitting> {

    private static final EventType COMMITTED = new EventType("rounds.seed-committed");

    @Override
    public RoundNeed needs(Command<Map<String, Object>> command) {
        return RoundNeed.of(command.request().player());
    }

    @Override
    public Decision decide(Command<Map<String, Object>> command, Sitting sitting) {
        var player = command.request().player();
        var seeds = sitting.seeds(player);
        var seed = seeds.committed().orElseGet(() -> {
            var committed = Seed.committed(seeds.nextNumber(), fresh.get());
            sitting.put(player, committed);
            return committed;
        });
        return new Decision.Done(
                COMMITTED, new Committed(seed.number(), seed.server().commitment()), List.of());
    }

    /// @param seed       its number among the player's
    /// @param commitment SHA-256 of the house's seed, 64 hex digits
    record Committed(long seed, String commitment) {}
}
