package dev.rookery.functions.wallet;

import static dev.rookery.functions.ledger.tables.Tables.ACCOUNT;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.delivery.reads.Reads;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// `wallet.balance`: what the player has, by currency.
///
/// Throws only when PostgreSQL is lost; the query is then delivered again.
final class BalanceFunction implements Function<Query<Map<String, Object>>, Answer> {

    private final Reads reads;

    BalanceFunction(Reads reads) {
        this.reads = reads;
    }

    @Override
    public Answer apply(Query<Map<String, Object>> query) {
        var player = query.request().player().value();
        var balances = reads.of(
                query,
                db -> db.select(ACCOUNT.CURRENCY, ACCOUNT.BALANCE, ACCOUNT.HELD)
                        .from(ACCOUNT)
                        .where(ACCOUNT.OWNER.eq(player))
                        .orderBy(ACCOUNT.CURRENCY)
                        .fetch(row -> new Balance(row.value1(), row.value2(), row.value3())));
        return new Answer.Done(new Balances(balances));
    }

    record Balances(List<Balance> balances) {}

    /// @param amount in minor units
    /// @param held   part of it that is promised, such as the stakes of rounds that are not over
    record Balance(String currency, long amount, long held) {}
}
