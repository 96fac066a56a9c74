package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.delivery.batch.Rule;
import dev.rookery.functions.games.fair.ClientSeed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `rounds.use-seed`: what the player adds to the seed that the house has committed to. From now on rounds are drawn
/// from it, and the seed before is shown, so that anybody can verify its rounds. What comes out is
/// `rounds.seed-used`, or a refusal: `no-commitment`, `round-open` (an open round must not be known before it is over).
record UseSeedRule() implements Rule<UseSeedRule.Added, RoundNeed, Sitting> {

    private static final EventType USED = new EventType("rounds.seed-used");
    private static final EventType REFUSED = new EventType("rounds.use-seed-refused");

    @Override
    public RoundNeed needs(Command<Added> command) {
        return RoundNeed.of(command.request().player());
    }

    @Override
    public Decision decide(Command<Added> command, Sitting sitting) {
        var player = command.request().player();
        var seeds = sitting.seeds(player);
        if (seeds.committed().isEmpty()) {
            return refused("no-commitment", "seed: none is committed to (expected: rounds.commit-seed before)");
        }
        var open = sitting.open(player);
        if (!open.isEmpty()) {
            return refused("round-open", "round: " + open.getFirst().id() + " is open (expected: none)");
        }
        var before = seeds.used().map(Seed::shown);
        before.ifPresent(seed -> sitting.put(player, seed));
        var used = seeds.committed().get().used(new ClientSeed(command.data().clientSeed()));
        sitting.put(player, used);
        return new Decision.Done(
                USED,
                new Used(
                        used.number(),
                        used.server().commitment(),
                        command.data().clientSeed(),
                        before.map(Shown::of).orElse(null)),
                List.of());
    }

    private static Decision refused(String code, String message) {
        return new Decision.Refused(REFUSED, new Refusal(code, message));
    }

    /// @param clientSeed as the catalog's schema lets it through
    record Added(String clientSeed) {}

    /// @param shown the seed before; null when there was none
    record Used(
            long seed,
            String commitment,
            String clientSeed,
            @Nullable Shown shown) {}

    /// @param rounds that were drawn from it
    record Shown(long seed, String serverSeed, String commitment, long rounds) {

        static Shown of(Seed seed) {
            return new Shown(seed.number(), seed.server().hex(), seed.server().commitment(), seed.nextNonce());
        }
    }
}
