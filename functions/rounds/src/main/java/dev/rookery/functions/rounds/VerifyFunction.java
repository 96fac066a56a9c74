package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.delivery.reads.Reads;
import dev.rookery.functions.games.RoundProof;
import dev.rookery.functions.games.Verification;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `rounds.verify`: everything that proves a finished round, for `./rookery verify round` or anybody else to check,
/// and what our own check says of it. The house's seed is told once it was given up for another; before, `seed-in-use`
/// says so.
///
/// Throws only when PostgreSQL is lost; the query is then delivered again.
final class VerifyFunction implements Function<Query<VerifyFunction.Asked>, Answer> {

    private final Reads reads;

    VerifyFunction(Reads reads) {
        this.reads = reads;
    }

    @Override
    public Answer apply(Query<Asked> query) {
        var player = query.request().player();
        return reads.of(query, db -> {
            var round = new RoundRows(db).find(player, query.data().round());
            if (round == null || round.isOpen()) {
                return refused(
                        "no-round",
                        "round: " + query.data().round()
                                + " is no finished one of the player's (expected: one of them)");
            }
            return proven(player, round, new SeedRows(db));
        });
    }

    private static Answer proven(PlayerId player, Round round, SeedRows seeds) {
        var seed = seeds.find(player, round.seed()).orElseThrow();
        if (seed.state() != Seed.State.SHOWN) {
            return refused(
                    "seed-in-use",
                    "seed: " + seed.number() + " is in use (expected: one that rounds.use-seed has given up)");
        }
        var end = Optional.ofNullable(round.end()).orElseThrow();
        // A stake that was given back is what the rules pay at the deadline.
        long paid = end.payout() == null ? round.stake() : end.payout();
        var proof = new RoundProof<>(
                seed.server().hex(),
                seed.server().commitment(),
                Optional.ofNullable(seed.client()).orElseThrow().value(),
                round.nonce(),
                round.id(),
                round.game().name(),
                round.game(),
                round.stake(),
                round.moves(),
                paid);
        return new Answer.Done(
                switch (proof.verify()) {
                    case Verification.Genuine _ -> new Verified(proof, true, List.of());
                    case Verification.Forged(var misfits) -> new Verified(proof, false, misfits);
                });
    }

    private static Answer refused(String code, String message) {
        return new Answer.Refused(new Refusal(code, message));
    }

    record Asked(String round) {}

    /// @param misfits what does not fit, when it is not genuine
    record Verified(RoundProof<?> proof, boolean genuine, List<String> misfits) {}
}
