package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.delivery.reads.Reads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `rounds.current`: the player's open rounds, as they stand, and the seed that rounds are drawn from: what a client
/// needs that comes back.
///
/// Throws only when PostgreSQL is lost; the query is then delivered again.
final class CurrentFunction implements Function<Query<Map<String, Object>>, Answer> {

    private final Reads reads;

    CurrentFunction(Reads reads) {
        this.reads = reads;
    }

    @Override
    public Answer apply(Query<Map<String, Object>> query) {
        var player = query.request().player();
        return new Answer.Done(reads.of(query, db -> {
            var open = new RoundRows(db).open(List.of(player));
            var seeds = new SeedRows(db).current(List.of(player)).getOrDefault(player, Sitting.Seeds.NONE);
            var used = seeds.used();
            // Between the two looks a round may have ended, and its seed been given up.
            var rounds = used.map(seed -> open.stream()
                            .filter(round -> round.seed() == seed.number())
                            .map(round -> view(round, seed))
                            .toList())
                    .orElse(List.of());
            return new Current(
                    rounds,
                    used.map(InUse::of).orElse(null),
                    seeds.committed().map(seed -> seed.server().commitment()).orElse(null));
        }));
    }

    private static RoundView view(Round round, Seed seed) {
        var standing = round.game().play(round.stake(), round.moves(), seed.of(round.nonce(), round.id()));
        return RoundView.of(round, standing, seed.server().commitment(), null);
    }

    /// @param seed          in use; null before the first one
    /// @param committed commitment to the next seed; null when there is none yet
    record Current(
            List<RoundView> rounds,
            @Nullable InUse seed,
            @Nullable String committed) {}

    /// @param rounds that were drawn from it so far
    record InUse(long seed, String commitment, String clientSeed, long rounds) {

        static InUse of(Seed seed) {
            return new InUse(
                    seed.number(),
                    seed.server().commitment(),
                    Optional.ofNullable(seed.client()).orElseThrow().value(),
                    seed.nextNonce());
        }
    }
}
