package dev.rookery.functions.wallet;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Query;
import java.util.List;
import java.util.function.Function;
import org.jooq.DSLContext;

/// `wallet.statement`: the player's newest transfers, newest first.
///
/// Throws only when PostgreSQL is lost; the query is then delivered again.
final class StatementFunction implements Function<Query<StatementFunction.Page>, Answer> {

    private final DSLContext db;

    StatementFunction(DSLContext db) {
        this.db = db;
    }

    @Override
    public Answer apply(Query<Page> query) {
        var lines =
                new Transfers(db).latest(query.request().player(), query.data().limit());
        return new Answer.Done(new Statement(lines));
    }

    /// @param limit transfers at most, 1..100
    record Page(int limit) {

        private static final int MAX_LIMIT = 100;

        Page {
            if (limit < 1 || limit > MAX_LIMIT) {
                throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MAX_LIMIT + ")");
            }
        }
    }

    record Statement(List<Transfers.Line> transfers) {}
}
