package dev.rookery.knative.local.ops;

import dev.rookery.eventing.contract.PlayerId;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What functions have recorded of a command, and what it moved on the ledger.
record Inboxes(Connection primary) implements AutoCloseable {

    static Inboxes open(Primary primary) throws SQLException {
        return new Inboxes(primary.open());
    }

    /// @param player null when any player's is meant; then the whole inbox may have to be looked through
    /// @return one for each player whose command has the id
    List<Decided> find(String function, @Nullable PlayerId player, String id) throws SQLException {
        var decided = new ArrayList<Decided>();
        try (var question = primary.prepareStatement("""
                select inbox.source, inbox.type, inbox.ending, inbox.event_id, inbox.recorded_at,
                       coalesce(failure.tries, 0)
                from %1$s.inbox left join %1$s.failure using (source, id)
                where inbox.id = ? and (?::text is null or inbox.source = ?)
                order by inbox.source limit 10""".formatted(Primary.schema(function)))) {
            question.setString(1, id);
            question.setString(2, player == null ? null : player.source());
            question.setString(3, player == null ? null : player.source());
            try (var rows = question.executeQuery()) {
                while (rows.next()) {
                    decided.add(decided(rows, function, id));
                }
            }
        }
        return decided;
    }

    private Decided decided(ResultSet row, String function, String id) throws SQLException {
        var player = PlayerId.fromSource(row.getString(1));
        var at = instant(row, 5);
        int tries = row.getInt(6);
        var hops = new ArrayList<Trip.Hop>();
        hops.add(new Trip.Hop(
                at,
                "function",
                "decides it: " + row.getString(3),
                function + (tries == 0 ? "" : ", threw " + tries + " times")));
        var trace = transfers(player, id, at, hops);
        return new Decided(player, row.getString(2), row.getString(3), row.getString(4), at, trace, hops);
    }

    /// By the player's accounts, because commands are not what transfers are found by: as arrays, so that the planner
    /// uses the accounts' indexes.
    ///
    /// @return the trace of any of them; null when there is none
    private @Nullable String transfers(PlayerId player, String id, Instant at, List<Trip.Hop> hops)
            throws SQLException {
        if (!hasLedger()) {
            return null;
        }
        String trace = null;
        try (var question = primary.prepareStatement("""
                select transfer.at, transfer.code, transfer.amount, currency.scale, transfer.currency, transfer.debit,
                       transfer.credit, transfer.trace_id
                from ledger.transfer join ledger.currency on currency.code = transfer.currency
                where (debit = any (array(select id from ledger.account where owner = ?))
                       or credit = any (array(select id from ledger.account where owner = ?)))
                  and command_source = ? and command_id = ?
                  and at between ?::timestamptz - interval '10 minutes' and ?::timestamptz + interval '10 minutes'
                order by transfer.id""")) {
            question.setString(1, player.value());
            question.setString(2, player.value());
            question.setString(3, player.source());
            question.setString(4, id);
            question.setString(5, at.toString());
            question.setString(6, at.toString());
            try (var rows = question.executeQuery()) {
                while (rows.next()) {
                    var amount = BigDecimal.valueOf(rows.getLong(3), rows.getInt(4));
                    hops.add(new Trip.Hop(
                            instant(rows, 1),
                            "ledger",
                            rows.getString(2) + " of " + amount.toPlainString() + " " + rows.getString(5),
                            rows.getString(6) + " → " + rows.getString(7)));
                    trace = rows.getString(8);
                }
            }
        }
        return trace;
    }

    private boolean hasLedger() throws SQLException {
        try (var statement = primary.createStatement();
                var row = statement.executeQuery("select to_regclass('ledger.transfer') is not null")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Override
    public void close() throws SQLException {
        primary.close();
    }
}
