package dev.rookery.eventing.delivery.inbox;

import static dev.rookery.eventing.delivery.tables.Tables.INBOX;
import static dev.rookery.eventing.delivery.tables.Tables.UNEMITTED;
import static org.jooq.impl.DSL.currentInstant;

import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Request;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.types.DayToSecond;

/// Outcomes of which it is not known that they were told.
public final class Unemitted {

    /// One text for any number of rows, which the driver prepares once a connection.
    private static final String REMOVE = """
            delete from unemitted using unnest(?, ?) as told (source, id)
            where unemitted.source = told.source and unemitted.id = told.id""";

    private static final String POSTPONE = """
            update unemitted set tried_at = now() from unnest(?, ?) as untold (source, id)
            where unemitted.source = untold.source and unemitted.id = untold.id""";

    private final Inbox inbox;

    public Unemitted(Inbox inbox) {
        this.inbox = inbox;
    }

    /// An outcome, and what has to be known of its command to tell it.
    public record Untold(Request request, Outcome.Recorded outcome) {}

    /// Takes those whose last try is older than an age, oldest first, and locks them until the transaction ends. What
    /// somebody else has locked is left to them.
    public List<Untold> take(DSLContext transaction, Duration age, int limit) {
        return transaction
                .select(UNEMITTED.KEY)
                .select(INBOX.fields())
                .from(UNEMITTED)
                .join(INBOX)
                .on(INBOX.SOURCE.eq(UNEMITTED.SOURCE).and(INBOX.ID.eq(UNEMITTED.ID)))
                .where(UNEMITTED.TRIED_AT.lt(currentInstant().sub(DayToSecond.valueOf(age))))
                .orderBy(UNEMITTED.TRIED_AT)
                .limit(limit)
                .forUpdate()
                .of(UNEMITTED)
                .skipLocked()
                .fetch(this::untold);
    }

    /// They are told.
    public void remove(DSLContext transaction, Collection<Untold> told) {
        removeAll(transaction, ids(told));
    }

    void removeAll(DSLContext transaction, Collection<CommandName> told) {
        execute(transaction, REMOVE, told);
    }

    /// They could not be told: their turn comes again after all others.
    public void postpone(DSLContext transaction, Collection<Untold> untold) {
        execute(transaction, POSTPONE, ids(untold));
    }

    private static void execute(DSLContext transaction, String change, Collection<CommandName> names) {
        if (!names.isEmpty()) {
            transaction.execute(
                    change,
                    names.stream().map(CommandName::source).toArray(String[]::new),
                    names.stream().map(CommandName::id).toArray(String[]::new));
        }
    }

    private Untold untold(Record found) {
        var row = inbox.row(found);
        var request = new Request(
                PlayerId.fromSource(row.name().source()),
                row.name().id(),
                row.type(),
                found.get(UNEMITTED.KEY),
                found.get(INBOX.RECORDED_AT),
                row.outcome().first());
        return new Untold(request, row.again());
    }

    private static List<CommandName> ids(Collection<Untold> untold) {
        return untold.stream().map(each -> CommandName.of(each.request())).toList();
    }
}
