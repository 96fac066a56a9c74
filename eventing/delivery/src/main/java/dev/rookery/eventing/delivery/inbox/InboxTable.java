package dev.rookery.eventing.delivery.inbox;

import dev.rookery.eventing.contract.Ending;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.contract.Sending;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// The inbox's statements: one round trip for any number of rows. The texts are constants, which the driver prepares
/// once a connection; building them anew took half of a function's processor time.
final class InboxTable {

    /// Lateral, so that each row is read off the primary key: a hash join over the whole table is what the planner
    /// may choose otherwise. Parked commands are looked up with it, in an index that is empty unless something
    /// fails.
    private static final String FIND = """
            select asked.source as asked_source, asked.id as asked_id, parked.number is not null as is_parked,
                   behind.id as behind, found.*
            from unnest(?, ?, ?) as asked (source, id, key)
            left join lateral (
                select source, id, fingerprint, type, ending, event_id, event, facts, pushes, room_changes,
                       session, sequence, position, batch
                from inbox
                where inbox.source = asked.source and inbox.id = asked.id) as found on true
            left join lateral (
                select number from failure
                where failure.parked and failure.source = asked.source and failure.id = asked.id) as parked on true
            left join lateral (
                select earlier.id from failure as earlier
                where earlier.parked and earlier.source = asked.source and earlier.key = asked.key
                  and (parked.number is null or earlier.number < parked.number)
                order by earlier.number limit 1) as behind on true""";

    /// The inbox comes first: it is in its primary key that two deliveries meet.
    private static final String INSERT = """
            with recorded as (
                insert into inbox (source, id, fingerprint, type, ending, event_id, event, facts, pushes, room_changes,
                                   session, sequence, position, batch)
                select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                returning source, id)
            insert into unemitted (source, id, key)
            select recorded.source, recorded.id, asked.key
            from recorded join unnest(?, ?, ?) as asked (source, id, key) using (source, id)""";

    private static final String FREE = """
            update failure set parked = false
            from unnest(?, ?) as ended (source, id)
            where failure.source = ended.source and failure.id = ended.id""";

    private final DSLContext transaction;
    private final InboxTexts texts;

    InboxTable(DSLContext transaction, InboxTexts texts) {
        this.transaction = transaction;
        this.texts = texts;
    }

    /// What is known of each, whether it has an outcome or not.
    List<Found> find(List<Request> requests) {
        return transaction
                .resultQuery(
                        FIND,
                        column(requests, request -> request.player().source()),
                        column(requests, Request::id),
                        column(requests, Request::key))
                .fetch(row -> new Found(
                        new CommandName(text(row, "asked_source"), text(row, "asked_id")),
                        row.get("event_id") == null ? null : row(row, texts),
                        row.get("is_parked", Boolean.class),
                        row.get("behind", String.class)));
    }

    /// @param row      null when it has no outcome
    /// @param isParked whether it threw before
    /// @param behind   the earlier command that it has to wait for; null when there is none
    record Found(
            CommandName name,
            @Nullable InboxRow row,
            boolean isParked,
            @Nullable String behind) {}

    /// @param keys of the rows' commands
    void insert(List<InboxRow> rows, List<String> keys) {
        var sources = column(rows, row -> row.name().source());
        var ids = column(rows, row -> row.name().id());
        transaction.execute(
                INSERT,
                sources,
                ids,
                column(rows, InboxRow::fingerprint),
                column(rows, row -> row.type().value()),
                column(rows, row -> row.outcome().ending().wireName()),
                column(rows, row -> row.outcome().eventId()),
                column(rows, row -> row.outcome().event()),
                column(rows, row -> texts.ofFacts(row.outcome().facts())),
                column(rows, row -> texts.ofPushes(row.outcome().pushes())),
                column(rows, row -> texts.ofRoomChanges(row.outcome().roomChanges())),
                column(rows, row -> ofSending(row, Sending::session)),
                rows.stream().map(row -> ofSending(row, Sending::sequence)).toArray(Long[]::new),
                column(rows, row -> ofSending(row, sending -> sending.position().toString())),
                rows.stream().map(InboxRow::batch).toArray(UUID[]::new),
                sources,
                ids,
                keys.toArray(String[]::new));
    }

    /// They have outcomes now: later commands of their keys go on.
    void free(List<CommandName> names) {
        transaction.execute(FREE, column(names, CommandName::source), column(names, CommandName::id));
    }

    private static <T> String[] column(List<T> rows, Function<T, @Nullable String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    private static <V> @Nullable V ofSending(InboxRow row, Function<Sending, V> field) {
        var sending = row.outcome().first();
        return sending == null ? null : field.apply(sending);
    }

    static InboxRow row(Record found, InboxTexts texts) {
        return new InboxRow(
                new CommandName(text(found, "source"), text(found, "id")),
                text(found, "fingerprint"),
                new EventType(text(found, "type")),
                new Outcome.Recorded(
                        text(found, "event_id"),
                        ending(text(found, "ending")),
                        text(found, "event"),
                        texts.facts(text(found, "facts")),
                        texts.pushes(text(found, "pushes")),
                        texts.roomChanges(text(found, "room_changes")),
                        first(found),
                        true),
                found.get("batch", UUID.class));
    }

    private static Ending ending(String name) {
        return Arrays.stream(Ending.values())
                .filter(ending -> ending.wireName().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("ending: " + name + " (expected: done, refused or failed)"));
    }

    private static @Nullable Sending first(Record found) {
        var session = found.get("session", String.class);
        return session == null
                ? null
                : new Sending(session, found.get("sequence", Long.class), Position.parse(text(found, "position")));
    }

    private static String text(Record found, String column) {
        return found.get(column, String.class);
    }
}
