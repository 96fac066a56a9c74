package dev.rookery.knative.load.bench.money;

import dev.rookery.knative.load.platform.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The tables that a bet reads and writes, once more and empty but for players, in a schema that goes when this
/// is closed. Columns, checks, indexes, foreign keys, triggers and fill factors are asked from the database, so
/// that they stay what the real ones have.
final class ScratchLedger implements AutoCloseable {

    static final String SCHEMA = "bench_money";
    static final String SERVER_SEED = "5".repeat(64);
    static final String COMMITMENT = "c".repeat(64);
    static final String CLIENT_SEED = "bench";

    private static final List<String> TABLES = List.of(
            "ledger.currency",
            "ledger.player",
            "ledger.account",
            "ledger.transfer",
            "ledger.activity",
            "ledger.chain_head",
            "ledger.link",
            "rounds.inbox",
            "rounds.unemitted",
            "rounds.failure",
            "rounds.seed",
            "rounds.round",
            "rounds.move");

    /// A partitioned table stays one, with one partition: a row finds its way as it does there.
    private static final String TABLE = """
            select format('create table %1$s (like %2$s including all)', ?, ?)
                   || coalesce(' partition by ' || pg_get_partkeydef(oid), '')
                   || coalesce(' with (' || array_to_string(reloptions, ', ') || ')', ''),
                   case when relkind = 'p' then format('create table %1$s_all partition of %1$s default', ?) end
            from pg_class where oid = ?::regclass""";

    private static final String FOREIGN_KEYS = """
            select format('alter table %s add %s', ?, pg_get_constraintdef(oid))
            from pg_constraint where contype = 'f' and conrelid = ?::regclass and conparentid = 0 order by conname""";

    private static final String TRIGGERS =
            "select pg_get_triggerdef(oid) from pg_trigger where tgrelid = ?::regclass and not tgisinternal order by tgname";

    /// The money comes from outside, so that the sum of all balances is zero here too.
    private static final List<String> ROWS = List.of(
            "create sequence bench_money.transfer_id",
            "insert into bench_money.currency (code, scale) values ('EUR', 2)",
            "insert into bench_money.player (id) select 'p-' || n from generate_series(0, %1$d - 1) as n",
            """
            insert into bench_money.account (id, kind, owner, currency, balance)
            select 'player/p-' || n || '/EUR', 'player', 'p-' || n, 'EUR', %2$d from generate_series(0, %1$d - 1) as n""",
            """
            insert into bench_money.account (id, kind, owner, currency, balance, floor) values
            ('cash-in/EUR', 'cash-in', null, 'EUR', -%2$d::bigint * %1$d, -%2$d::bigint * %1$d),
            ('house/EUR', 'house', null, 'EUR', 0, -%2$d)""",
            """
            insert into bench_money.seed (player, number, server_seed, commitment, client_seed, state, changed_at)
            select 'p-' || n, 1, '%3$s', '%4$s', '%5$s', 'used', now()
            from generate_series(0, %1$d - 1) as n""",
            "insert into bench_money.chain_head (stripe) select generate_series(0, 3)");

    private static final long MONEY = 100_000_000L;

    private final Database database;

    private ScratchLedger(Database database) {
        this.database = database;
    }

    /// Makes everything anew.
    ///
    /// @param players with money and a seed
    static ScratchLedger open(Database database, int players) {
        var scratch = new ScratchLedger(database);
        scratch.close();
        try (var connection = database.connect()) {
            // With an empty path, definitions name the schemas of what they refer to.
            execute(connection, "set search_path = ''");
            execute(connection, "create schema " + SCHEMA);
            connection.setAutoCommit(false);
            copy(connection);
            for (var rows : ROWS) {
                execute(connection, String.format(rows, players, MONEY, SERVER_SEED, COMMITMENT, CLIENT_SEED));
            }
            connection.commit();
            connection.setAutoCommit(true);
            execute(connection, "analyze");
            return scratch;
        } catch (SQLException e) {
            scratch.close();
            throw database.failed("schema " + SCHEMA + " cannot be made", e);
        }
    }

    /// A connection to whom the tables have their usual names.
    Connection connect() throws SQLException {
        var connection = database.connect();
        execute(connection, "set search_path = " + SCHEMA);
        // As functions connect.
        execute(connection, "set plan_cache_mode = force_generic_plan");
        for (var left : List.of("enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit")) {
            execute(connection, "set " + left + " = off");
        }
        return connection;
    }

    @Override
    public void close() {
        try (var connection = database.connect()) {
            execute(connection, "drop schema if exists " + SCHEMA + " cascade");
        } catch (SQLException e) {
            throw database.failed("schema " + SCHEMA + " cannot be dropped", e);
        }
    }

    /// Foreign keys last: what they refer to has to be there.
    private static void copy(Connection connection) throws SQLException {
        for (var table : TABLES) {
            for (var create : ask(connection, TABLE, copyOf(table), table, copyOf(table), table)) {
                execute(connection, create);
            }
            for (var trigger : ask(connection, TRIGGERS, table)) {
                execute(connection, trigger.replace(" ON " + table + " ", " ON " + copyOf(table) + " "));
            }
        }
        for (var table : TABLES) {
            for (var key : ask(connection, FOREIGN_KEYS, copyOf(table), table)) {
                execute(connection, key.replaceAll("REFERENCES \\w+\\.", "REFERENCES " + SCHEMA + "."));
            }
        }
    }

    private static String copyOf(String table) {
        return SCHEMA + table.substring(table.indexOf('.'));
    }

    private static List<String> ask(Connection connection, String question, String... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(question)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            var texts = new ArrayList<String>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                        var text = row.getString(column);
                        if (text != null) {
                            texts.add(text);
                        }
                    }
                }
            }
            return texts;
        }
    }

    private static void execute(Connection connection, String change) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(change);
        }
    }
}
