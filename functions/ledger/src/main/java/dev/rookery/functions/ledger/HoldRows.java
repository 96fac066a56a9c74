package dev.rookery.functions.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jooq.DSLContext;

/// Promised money. Lives as long as one transaction.
final class HoldRows {

    private static final String FIND =
            "select id, account, amount, posted, state, made_at, expires_at from hold where id = any (?)";

    private static final String SAVE = """
            insert into hold (id, account, amount, posted, state, made_at, expires_at)
            select id, account, amount, posted, state, made_at::timestamptz, expires_at::timestamptz
            from unnest(?, ?, ?, ?, ?, ?, ?) as changed (id, account, amount, posted, state, made_at, expires_at)
            on conflict (id) do update set posted = excluded.posted, state = excluded.state""";

    private final DSLContext transaction;

    HoldRows(DSLContext transaction) {
        this.transaction = transaction;
    }

    Map<String, Hold> find(Collection<String> ids) {
        var found = new LinkedHashMap<String, Hold>();
        if (!ids.isEmpty()) {
            transaction
                    .fetch(FIND, (Object) ids.toArray(String[]::new))
                    .forEach(row -> found.put(
                            row.get("id", String.class),
                            new Hold(
                                    row.get("id", String.class),
                                    new AccountId(row.get("account", String.class)),
                                    row.get("amount", Long.class),
                                    row.get("posted", Long.class),
                                    Hold.State.valueOf(
                                            row.get("state", String.class).toUpperCase(Locale.ROOT)),
                                    row.get("made_at", Instant.class),
                                    row.get("expires_at", Instant.class))));
        }
        return found;
    }

    /// New ones, and those that have ended.
    void save(Collection<Hold> changed) {
        if (!changed.isEmpty()) {
            var holds = List.copyOf(changed);
            transaction.execute(
                    SAVE,
                    holds.stream().map(Hold::id).toArray(String[]::new),
                    holds.stream().map(hold -> hold.account().value()).toArray(String[]::new),
                    holds.stream().map(Hold::amount).toArray(Long[]::new),
                    holds.stream().map(Hold::posted).toArray(Long[]::new),
                    holds.stream()
                            .map(hold -> hold.state().name().toLowerCase(Locale.ROOT))
                            .toArray(String[]::new),
                    holds.stream().map(hold -> hold.made().toString()).toArray(String[]::new),
                    holds.stream().map(hold -> hold.expires().toString()).toArray(String[]::new));
        }
    }
}
