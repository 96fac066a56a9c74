package dev.rookery.knative.load.drill.verdict;

import dev.rookery.knative.load.platform.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the database has of the drill's players, read in one snapshot.
///
/// @param outcomes  of their commands, in the order in which they were recorded
/// @param transfers of their accounts, oldest first
/// @param balances  in minor units, by player
/// @param overLimit stakes over a limit, of those who play nothing but dice
/// @param overdue   rounds that are open although their deadline is over
/// @param untold    outcomes of which nobody knows whether they were told
public record Books(
        List<Recorded> outcomes,
        List<Moved> transfers,
        Map<String, Long> balances,
        List<String> overLimit,
        List<String> overdue,
        List<String> untold) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int SOURCE_PREFIX = "/players/".length();

    private static final String OUTCOMES = """
            select function, source, id, ending, event, recorded_at from (
                select 'wallet' as function, source, id, ending, event, recorded_at from wallet.inbox
                union all
                select 'rounds', source, id, ending, event, recorded_at from rounds.inbox) as outcome
            where source = any (?) order by recorded_at, id""";

    private static final String TRANSFERS = """
            select owner, command_id, code, case when account.id = credit then amount else -amount end as delta
            from ledger.transfer join ledger.account on account.id in (debit, credit)
            where owner = any (?) order by transfer.id""";

    private static final String BALANCES =
            "select owner, sum(balance) as balance from ledger.account where owner = any (?) group by owner";

    /// As the audit does it with deposits: sums come from the transfers and not from what the ledger itself
    /// asks.
    private static final String OVER_LIMIT = """
            select 'transfer ' || stake.id || ' of ' || owner || ': stakes of the ' || stake.period || ' with it: '
                       || stake.total || ' (expected: at most ' || rule.amount || ')'
            from (
                select transfer.id, transfer.at, owner, account.currency, period,
                       sum(amount) over (partition by debit, period, date_trunc(period, transfer.at, 'UTC')
                                         order by debit_version) as total
                from ledger.transfer join ledger.account on account.id = transfer.debit
                cross join (values ('day'), ('week'), ('month')) as span (period)
                where code = 'stake' and owner = any (?)) as stake
            cross join lateral (
                select amount from ledger.limit_rule
                where player = stake.owner and limit_rule.currency = stake.currency and kind = 'stake'
                  and limit_rule.period = stake.period and effective_at < stake.at
                order by limit_rule.id desc limit 1) as rule
            where stake.total > rule.amount""";

    private static final String OVERDUE = """
            select 'round ' || id || ' of ' || player || ' is open (expected: an end by ' || deadline || ')'
            from rounds.round where state = 'open' and deadline < now() and player = any (?)""";

    private static final String UNTOLD = """
            select id || ' of ' || source || ' (expected: told long ago)' from (
                select source, id from wallet.unemitted union all select source, id from rounds.unemitted) as untold
            where source = any (?)""";

    public Books {
        outcomes = List.copyOf(outcomes);
        transfers = List.copyOf(transfers);
        balances = Map.copyOf(balances);
        overLimit = List.copyOf(overLimit);
        overdue = List.copyOf(overdue);
        untold = List.copyOf(untold);
    }

    /// An outcome as its function has recorded it.
    ///
    /// @param ending `done`, `refused` or `failed`
    /// @param event  what the player is told
    public record Recorded(String function, String player, String id, String ending, JsonNode event, Instant at) {}

    /// Money of a player.
    ///
    /// @param command that it was moved for
    /// @param delta   in minor units, negative when it went out
    public record Moved(String player, String command, String code, long delta) {}

    /// When there is nothing to read.
    public static Books none() {
        return new Books(List.of(), List.of(), Map.of(), List.of(), List.of(), List.of());
    }

    /// @param players all
    /// @param dicers  those of them who play nothing but dice
    public static Books read(Database database, Collection<String> players, Collection<String> dicers) {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            var sources = players.stream().map(player -> "/players/" + player).toList();
            return new Books(
                    ask(connection, OUTCOMES, sources, Books::recorded),
                    ask(connection, TRANSFERS, players, Books::moved),
                    balances(connection, players),
                    ask(connection, OVER_LIMIT, dicers, found -> found.getString(1)),
                    ask(connection, OVERDUE, players, found -> found.getString(1)),
                    ask(connection, UNTOLD, sources, found -> found.getString(1)));
        } catch (SQLException e) {
            throw database.failed("the books cannot be read", e);
        }
    }

    private static Recorded recorded(ResultSet found) throws SQLException {
        return new Recorded(
                found.getString("function"),
                found.getString("source").substring(SOURCE_PREFIX),
                found.getString("id"),
                found.getString("ending"),
                JSON.readTree(found.getString("event")),
                found.getTimestamp("recorded_at").toInstant());
    }

    private static Moved moved(ResultSet found) throws SQLException {
        return new Moved(
                found.getString("owner"),
                found.getString("command_id"),
                found.getString("code"),
                found.getLong("delta"));
    }

    private static Map<String, Long> balances(Connection connection, Collection<String> players) throws SQLException {
        var balances = new HashMap<String, Long>();
        ask(connection, BALANCES, players, found -> balances.put(found.getString(1), found.getLong(2)));
        return balances;
    }

    private static <T> List<T> ask(Connection connection, String text, Collection<String> names, Row<T> row)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setArray(1, connection.createArrayOf("text", names.toArray()));
            var rows = new ArrayList<T>();
            try (var found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(row.of(found));
                }
            }
            return rows;
        }
    }

    private interface Row<T> {
        T of(ResultSet found) throws SQLException;
    }
}
