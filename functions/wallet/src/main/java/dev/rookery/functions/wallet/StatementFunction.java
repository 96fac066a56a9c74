package dev.rookery.functions.wallet;

import static dev.rookery.functions.ledger.tables.Tables.ACCOUNT;
import static dev.rookery.functions.ledger.tables.Tables.TRANSFER;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.delivery.reads.Reads;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record8;
import org.jooq.SelectOrderByStep;
import org.jspecify.annotations.Nullable;

/// `wallet.statement`: the player's transfers over all currencies, newest first, a page at a time, back to the first
/// one.
///
/// Throws only when PostgreSQL is lost; the query is then delivered again.
final class StatementFunction implements Function<Query<StatementFunction.Page>, Answer> {

    private final Reads reads;

    StatementFunction(Reads reads) {
        this.reads = reads;
    }

    @Override
    public Answer apply(Query<Page> query) {
        var player = query.request().player();
        return new Answer.Done(new Statement(reads.of(query, db -> lines(db, player, query.data()))));
    }

    private static List<Line> lines(DSLContext db, PlayerId player, Page page) {
        var out = side(db, TRANSFER.DEBIT, TRANSFER.AMOUNT.neg(), TRANSFER.DEBIT_AFTER, player, page);
        var in = side(db, TRANSFER.CREDIT, TRANSFER.AMOUNT, TRANSFER.CREDIT_AFTER, player, page);
        return out.unionAll(in)
                .orderBy(field(name("id")).desc())
                .limit(page.limit())
                .fetch(row -> new Line(
                        Long.toString(row.value1()),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        row.value5(),
                        row.value6(),
                        row.value7(),
                        row.value8()));
    }

    /// One side of the player's transfers. Lateral, so that each account's newest are read off the index and no
    /// more.
    private static SelectOrderByStep<Record8<Long, Instant, String, Long, String, Long, String, String>> side(
            DSLContext db, Field<String> account, Field<Long> amount, Field<Long> after, PlayerId player, Page page) {
        var before = page.before() == null ? noCondition() : TRANSFER.ID.lt(Long.parseLong(page.before()));
        var newest = lateral(select(
                                TRANSFER.ID,
                                TRANSFER.AT,
                                TRANSFER.CODE,
                                amount.as("moved"),
                                TRANSFER.CURRENCY,
                                after.as("balance_after"),
                                TRANSFER.ROUND,
                                TRANSFER.TRACE_ID)
                        .from(TRANSFER)
                        .where(account.eq(ACCOUNT.ID))
                        .and(before)
                        .orderBy(TRANSFER.ID.desc())
                        .limit(page.limit()))
                .as("newest", "id", "at", "code", "moved", "currency", "balance_after", "round", "trace_id");
        return db.select(
                        newest.field("id", Long.class),
                        newest.field("at", Instant.class),
                        newest.field("code", String.class),
                        newest.field("moved", Long.class),
                        newest.field("currency", String.class),
                        newest.field("balance_after", Long.class),
                        newest.field("round", String.class),
                        newest.field("trace_id", String.class))
                .from(ACCOUNT)
                .crossJoin(newest)
                .where(ACCOUNT.OWNER.eq(player.value()));
    }

    /// @param limit  transfers at most, 1..100
    /// @param before the id of the last transfer of the page before; null for the first page
    record Page(int limit, @Nullable String before) {

        private static final int MAX_LIMIT = 100;

        Page {
            if (limit < 1 || limit > MAX_LIMIT) {
                throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MAX_LIMIT + ")");
            }
        }
    }

    record Statement(List<Line> transfers) {}

    /// One transfer as its player sees it.
    ///
    /// @param id      grows with time
    /// @param amount  in minor units, negative when it went out
    /// @param balance of the player's account, after it
    /// @param round   that it belongs to
    /// @param trace   of the message that caused it
    record Line(
            String id,
            Instant at,
            String code,
            long amount,
            String currency,
            long balance,
            @Nullable String round,
            String trace) {}
}
