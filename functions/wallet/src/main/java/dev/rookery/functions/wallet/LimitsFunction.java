package dev.rookery.functions.wallet;

import static dev.rookery.functions.ledger.tables.Tables.LIMIT_RULE;
import static dev.rookery.functions.ledger.tables.Tables.PLAYER;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.delivery.reads.Reads;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// `wallet.limits`: what the player allows oneself, and every wish that led there, oldest first: of those that are in
/// force the newest counts.
///
/// Throws only when PostgreSQL is lost; the query is then delivered again.
final class LimitsFunction implements Function<Query<Map<String, Object>>, Answer> {

    private final Reads reads;

    LimitsFunction(Reads reads) {
        this.reads = reads;
    }

    @Override
    public Answer apply(Query<Map<String, Object>> query) {
        var player = query.request().player().value();
        return new Answer.Done(reads.of(query, db -> limits(db, player)));
    }

    private static Limits limits(DSLContext db, String player) {
        var rules = db.selectFrom(LIMIT_RULE)
                .where(LIMIT_RULE.PLAYER.eq(player))
                .orderBy(LIMIT_RULE.ID)
                .fetch(row -> new Limit(
                        row.getKind(),
                        row.getPeriod(),
                        row.getAmount(),
                        row.getCurrency(),
                        row.getRequestedAt(),
                        row.getEffectiveAt()));
        return db.selectFrom(PLAYER)
                .where(PLAYER.ID.eq(player))
                .fetchOptional(row -> new Limits(
                        row.getExcludedUntil(), row.getRealityCheckSeconds(), row.getSessionLimitSeconds(), rules))
                .orElseGet(() -> new Limits(null, null, null, List.of()));
    }

    /// @param excludedUntil       no deposit and no bet before; null when there is no exclusion
    /// @param realityCheckSeconds how often the player is asked whether to go on; null for never
    /// @param sessionLimitSeconds how long a session may last; null for as long as the player likes
    record Limits(
            @Nullable Instant excludedUntil,
            @Nullable Integer realityCheckSeconds,
            @Nullable Integer sessionLimitSeconds,
            List<Limit> limits) {}

    /// @param amount in minor units; null for none any more
    record Limit(
            String kind, String period, @Nullable Long amount, String currency, Instant requested, Instant effective) {}
}
