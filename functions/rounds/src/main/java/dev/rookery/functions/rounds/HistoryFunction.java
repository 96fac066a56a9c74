package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.delivery.reads.Reads;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `rounds.history`: the player's rounds, newest first, a page at a time, back to the first one.
///
/// Throws only when PostgreSQL is lost; the query is then delivered again.
final class HistoryFunction implements Function<Query<HistoryFunction.Page>, Answer> {

    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private final Reads reads;

    HistoryFunction(Reads reads) {
        this.reads = reads;
    }

    @Override
    public Answer apply(Query<Page> query) {
        var player = query.request().player();
        var page = query.data();
        return reads.of(query, db -> {
            var rows = new RoundRows(db);
            var before = page.before() == null ? null : rows.find(player, page.before());
            if (page.before() != null && before == null) {
                return new Answer.Refused(new Refusal(
                        "no-round", "before: " + page.before() + " is none of the player's (expected: one of them)"));
            }
            var rounds = before == null
                    ? rows.latest(player, END_OF_TIME, "", page.limit())
                    : rows.latest(player, before.opened(), before.id(), page.limit());
            return new Answer.Done(new History(views(player, rounds, new SeedRows(db))));
        });
    }

    private static List<RoundView> views(PlayerId player, List<Round> rounds, SeedRows seeds) {
        var known = new HashMap<Long, Seed>();
        return rounds.stream()
                .map(round -> {
                    var seed = known.computeIfAbsent(
                            round.seed(), number -> seeds.find(player, number).orElseThrow());
                    var standing = round.game().play(round.stake(), round.moves(), seed.of(round.nonce(), round.id()));
                    return RoundView.of(round, standing, seed.server().commitment(), null);
                })
                .toList();
    }

    /// @param limit  rounds at most, 1..100
    /// @param before the last round of the page before; null for the first page
    record Page(int limit, @Nullable String before) {

        private static final int MAX_LIMIT = 100;

        Page {
            if (limit < 1 || limit > MAX_LIMIT) {
                throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MAX_LIMIT + ")");
            }
        }
    }

    record History(List<RoundView> rounds) {}
}
