package dev.rookery.functions.wallet;

import static dev.rookery.functions.wallet.tables.Tables.ACCOUNT;
import static dev.rookery.functions.wallet.tables.Tables.TRANSFER;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.update;
import static org.jooq.impl.DSL.val;

import dev.rookery.eventing.contract.PlayerId;
import java.time.Instant;
import java.util.List;
import org.jooq.CommonTableExpression;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Record7;
import org.jooq.SelectOrderByStep;

/// What has moved; append-only. Lives as long as one transaction.
final class Transfers {

    private final DSLContext transaction;

    Transfers(DSLContext transaction) {
        this.transaction = transaction;
    }

    /// Moves the money and writes it down, in one statement: the world's account is everybody's, and what is
    /// locked last and shortest holds up others least. The player's account is locked already.
    ///
    /// @return the transfer's id
    long book(Transfer transfer) {
        var debited = moved("debited", transfer.debit(), -transfer.money().amount());
        var credited = moved("credited", transfer.credit(), transfer.money().amount());
        return transaction
                .with(debited)
                .with(credited)
                .insertInto(
                        TRANSFER,
                        TRANSFER.AT,
                        TRANSFER.DEBIT,
                        TRANSFER.CREDIT,
                        TRANSFER.AMOUNT,
                        TRANSFER.CURRENCY,
                        TRANSFER.CODE,
                        TRANSFER.TRACE_ID,
                        TRANSFER.DEBIT_AFTER,
                        TRANSFER.CREDIT_AFTER)
                .select(select(
                                val(transfer.at()),
                                val(transfer.debit().value()),
                                val(transfer.credit().value()),
                                val(transfer.money().amount()),
                                val(transfer.money().currency()),
                                val(transfer.code().wireName()),
                                val(transfer.trace()),
                                debited.field(ACCOUNT.BALANCE),
                                credited.field(ACCOUNT.BALANCE))
                        .from(debited, credited))
                .returningResult(TRANSFER.ID)
                .fetchSingle()
                .value1();
    }

    /// The player's newest transfers over all currencies, newest first.
    List<Line> latest(PlayerId player, int limit) {
        var out = side(TRANSFER.DEBIT, TRANSFER.AMOUNT.neg(), TRANSFER.DEBIT_AFTER, player, limit);
        var in = side(TRANSFER.CREDIT, TRANSFER.AMOUNT, TRANSFER.CREDIT_AFTER, player, limit);
        return out.unionAll(in)
                .orderBy(field(name("id")).desc())
                .limit(limit)
                .fetch(row -> new Line(
                        Long.toString(row.value1()),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        row.value5(),
                        row.value6(),
                        row.value7()));
    }

    /// One side of the player's transfers. Lateral, so that each account's newest are read off the index and no
    /// more.
    private SelectOrderByStep<Record7<Long, Instant, String, Long, String, Long, String>> side(
            Field<String> account, Field<Long> amount, Field<Long> after, PlayerId player, int limit) {
        var newest = lateral(select(
                                TRANSFER.ID,
                                TRANSFER.AT,
                                TRANSFER.CODE,
                                amount.as("moved"),
                                TRANSFER.CURRENCY,
                                after.as("balance_after"),
                                TRANSFER.TRACE_ID)
                        .from(TRANSFER)
                        .where(account.eq(ACCOUNT.ID))
                        .orderBy(TRANSFER.ID.desc())
                        .limit(limit))
                .as("newest", "id", "at", "code", "moved", "currency", "balance_after", "trace_id");
        return transaction
                .select(
                        newest.field("id", Long.class),
                        newest.field("at", Instant.class),
                        newest.field("code", String.class),
                        newest.field("moved", Long.class),
                        newest.field("currency", String.class),
                        newest.field("balance_after", Long.class),
                        newest.field("trace_id", String.class))
                .from(ACCOUNT)
                .crossJoin(newest)
                .where(ACCOUNT.OWNER.eq(player.value()));
    }

    private static CommonTableExpression<Record1<Long>> moved(String as, AccountId account, long amount) {
        return name(as).as(update(ACCOUNT)
                .set(ACCOUNT.BALANCE, ACCOUNT.BALANCE.plus(amount))
                .set(ACCOUNT.VERSION, ACCOUNT.VERSION.plus(1))
                .where(ACCOUNT.ID.eq(account.value()))
                .returningResult(ACCOUNT.BALANCE));
    }

    /// One transfer as its player sees it.
    ///
    /// @param id      grows with time
    /// @param code    `deposit` or `withdrawal`
    /// @param amount  in minor units, negative when it went out
    /// @param balance of the player's account, after it
    /// @param trace   of the message that caused it
    record Line(String id, Instant at, String code, long amount, String currency, long balance, String trace) {}
}
