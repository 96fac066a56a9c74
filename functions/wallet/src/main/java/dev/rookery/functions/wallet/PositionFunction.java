package dev.rookery.functions.wallet;

import static dev.rookery.functions.ledger.tables.Tables.ACCOUNT;
import static dev.rookery.functions.ledger.tables.Tables.PLAYER;
import static dev.rookery.functions.ledger.tables.Tables.TRANSFER;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.delivery.reads.Reads;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// `wallet.position`: for how long the player has been playing, and what was won and lost since (RTS 2E and 13).
///
/// Throws only when PostgreSQL is lost; the query is then delivered again.
final class PositionFunction implements Function<Query<Map<String, Object>>, Answer> {

    private final Reads reads;
    private final InstantSource clock;

    PositionFunction(Reads reads, InstantSource clock) {
        this.reads = reads;
        this.clock = clock;
    }

    @Override
    public Answer apply(Query<Map<String, Object>> query) {
        var player = query.request().player().value();
        return new Answer.Done(reads.of(
                query,
                db -> db.select(PLAYER.SESSION_BEGAN)
                        .from(PLAYER)
                        .where(PLAYER.ID.eq(player))
                        .fetchOptional(PLAYER.SESSION_BEGAN)
                        .map(began -> since(db, player, began))
                        .orElseGet(() -> new Position(null, 0, List.of()))));
    }

    private Position since(DSLContext db, String player, Instant began) {
        var staked = when(TRANSFER.CODE.eq("stake").and(TRANSFER.DEBIT.eq(ACCOUNT.ID)), TRANSFER.AMOUNT);
        var won = when(TRANSFER.CODE.eq("payout").and(TRANSFER.CREDIT.eq(ACCOUNT.ID)), TRANSFER.AMOUNT);
        var nets = db.select(ACCOUNT.CURRENCY, sum(staked), sum(won))
                .from(ACCOUNT)
                .join(TRANSFER)
                .on(TRANSFER.DEBIT.eq(ACCOUNT.ID).or(TRANSFER.CREDIT.eq(ACCOUNT.ID)))
                .where(ACCOUNT.OWNER.eq(player))
                .and(TRANSFER.AT.ge(began))
                .groupBy(ACCOUNT.CURRENCY)
                .orderBy(ACCOUNT.CURRENCY)
                .fetch(row -> new Net(row.value1(), amount(row.value2()), amount(row.value3())));
        // The session may have begun by the clock of a pod that is ahead.
        long seconds = Math.max(0, Duration.between(began, clock.instant()).toSeconds());
        return new Position(began, seconds, nets);
    }

    /// The sum of no rows is null.
    private static long amount(@Nullable BigDecimal sum) {
        return sum == null ? 0 : sum.longValueExact();
    }

    /// @param since   null before the first session
    /// @param seconds since then
    record Position(@Nullable Instant since, long seconds, List<Net> currencies) {}

    /// @param staked in minor units
    /// @param won    in minor units; less what was staked, it is the net position
    record Net(String currency, long staked, long won) {}
}
