package dev.rookery.functions.@name@;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.delivery.reads.Reads;
import java.util.Map;
import java.util.function.Function;

/// `@name@.total`: what the player has scored, as far as it was told.
final class TotalFunction implements Function<Query<Map<String, Object>>, Answer> {

    private final Reads reads;

    TotalFunction(Reads reads) {
        this.reads = reads;
    }

    @Override
    public Answer apply(Query<Map<String, Object>> query) {
        var player = query.request().player().value();
        var total = reads.of(
                query,
                db -> db.fetchOptional("select points from total where player = ?", player)
                        .map(row -> row.get(0, long.class))
                        .orElse(0L));
        return new Answer.Done(new ScoreFunction.Total(total));
    }
}
