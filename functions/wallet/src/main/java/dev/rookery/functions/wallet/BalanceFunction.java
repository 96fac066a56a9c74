package dev.rookery.functions.wallet;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Query;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jooq.DSLContext;

/// `wallet.balance`: what the player has, by currency.
///
/// Throws only when PostgreSQL is lost; the query is then delivered again.
final class BalanceFunction implements Function<Query<Map<String, Object>>, Answer> {

    private final DSLContext db;

    BalanceFunction(DSLContext db) {
        this.db = db;
    }

    @Override
    public Answer apply(Query<Map<String, Object>> query) {
        return new Answer.Done(
                new Balances(new Accounts(db).balances(query.request().player())));
    }

    record Balances(List<Accounts.Balance> balances) {}
}
