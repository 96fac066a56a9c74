package dev.rookery.eventing.delivery.significant;

import static dev.rookery.eventing.delivery.tables.Tables.SIGNIFICANT_EVENT;
import static org.jooq.impl.DSL.currentInstant;

import dev.rookery.eventing.contract.Outcome.RecordedFact;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jooq.DSLContext;

/// Significant events that are no command's outcome: written in the transaction that found them, so that they are there
/// when it is committed, and told afterwards by a chore. Lives as long as that transaction.
public final class SignificantEvents {

    /// In the order of ids: two transactions that find the same events wait for each other, and not in a circle.
    private static final String ADD = """
            insert into significant_event (id, type, key, time, data)
            select id, type, key, time, data
            from unnest(?, ?, ?, ?, ?) as found (id, type, key, time, data)
            order by id
            on conflict (id) do nothing""";

    private final DSLContext transaction;

    public SignificantEvents(DSLContext transaction) {
        this.transaction = transaction;
    }

    /// What is there already, by its id, is left as it is.
    public void add(Collection<RecordedFact> events) {
        if (!events.isEmpty()) {
            transaction.execute(
                    ADD,
                    column(events, RecordedFact::id),
                    column(events, RecordedFact::type),
                    column(events, RecordedFact::key),
                    column(events, RecordedFact::time),
                    column(events, RecordedFact::data));
        }
    }

    /// Takes those that are not known to be told, oldest first, and locks them until the transaction ends. What
    /// somebody else has locked is left to them.
    public List<RecordedFact> take(int limit) {
        return transaction
                .selectFrom(SIGNIFICANT_EVENT)
                .where(SIGNIFICANT_EVENT.TOLD_AT.isNull())
                .orderBy(SIGNIFICANT_EVENT.NUMBER)
                .limit(limit)
                .forUpdate()
                .skipLocked()
                .fetch(row -> new RecordedFact(row.getId(), row.getType(), row.getKey(), row.getTime(), row.getData()));
    }

    /// They are told.
    public void told(Collection<RecordedFact> events) {
        if (!events.isEmpty()) {
            transaction
                    .update(SIGNIFICANT_EVENT)
                    .set(SIGNIFICANT_EVENT.TOLD_AT, currentInstant())
                    .where(SIGNIFICANT_EVENT.ID.in(
                            events.stream().map(RecordedFact::id).toList()))
                    .execute();
        }
    }

    private static String[] column(Collection<RecordedFact> events, Function<RecordedFact, String> value) {
        return events.stream().map(value).toArray(String[]::new);
    }
}
