package dev.rookery.knative.load.bench.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.backing.Postgres;
import dev.rookery.knative.load.measure.ProcessFigures;
import dev.rookery.knative.load.platform.Database;
import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real PostgreSQL with the functions' real migrations: what is copied is what is there, and what the
/// bare loop writes holds what the ledger promises.
class BetCeilingTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final int PLAYERS = 20;

    @TempDir
    static Path folder;

    private static Postgres postgres;
    private static Database database;

    @BeforeAll
    static void migrate() throws Exception {
        postgres = Postgres.start(folder.resolve("postgres"), 0);
        database = new Database(new RunningPlatform.Postgres(
                postgres.jdbcUrl("postgres"),
                postgres.superuser(),
                folder.resolve("postgres").resolve("password")));
        migrate("ledger", "ledger", "functions/ledger/src/main/resources/db/ledger");
        migrate(
                "rounds",
                "rounds, ledger",
                "eventing/delivery/src/main/resources/db/inbox",
                "functions/rounds/src/main/resources/db/migration");
    }

    @AfterAll
    static void end() {
        postgres.close();
    }

    @Test
    void theCopyIsHeldToWhatTheRealTablesAre() throws Exception {
        try (var _ = ScratchLedger.open(database, PLAYERS)) {
            assertThat(definitions("bench_money")).isEqualTo(definitions("ledger", "rounds"));
        }
    }

    @Test
    void oneByOneTheLedgerStaysInBalance() throws Exception {
        try (var scratch = ScratchLedger.open(database, PLAYERS);
                var bets = new BetTransaction(scratch.connect(), List.of("p-1", "p-2"), 1)) {
            bets.ask();
            bets.ask();
            bets.ask();

            assertBooked(scratch, 3, 3, 4);
        }
    }

    @Test
    void batchedTheLedgerStaysInBalance() throws Exception {
        var players = players();
        try (var scratch = ScratchLedger.open(database, PLAYERS);
                var bets = new BetTransaction(scratch.connect(), players, 10)) {
            bets.ask();
            bets.ask();
            bets.ask();

            assertBooked(scratch, 30, 3, 45);
        }
    }

    @Test
    void nothingStaysOfAMeasurement() throws Exception {
        var speed = new BetCeiling(database, new ProcessFigures(postgres.pid()), Duration.ofMillis(200), PLAYERS)
                .measure(2, 5);

        assertThat(speed.perSecond()).isPositive();
        try (var connection = database.connect()) {
            assertThat(numbers(connection, "select count(*) from pg_namespace where nspname = 'bench_money'"))
                    .containsExactly(0L);
        }
    }

    private static List<String> players() {
        var players = new ArrayList<String>();
        for (int i = 0; i < PLAYERS; i++) {
            players.add("p-" + i);
        }
        return players;
    }

    private static void assertBooked(ScratchLedger scratch, long bets, long links, long transfers) throws SQLException {
        try (var connection = scratch.connect()) {
            assertThat(numbers(connection, """
                    select count(*) from inbox union all select count(*) from unemitted
                    union all select count(*) from round where state = 'settled'
                    union all select sum(next_nonce) from seed union all select sum(staked) from activity""")).containsExactly(bets, bets, bets, bets, bets);
            assertThat(numbers(connection, "select count(*) from transfer")).containsExactly(transfers);
            assertThat(numbers(connection, "select count(*) from link union all select sum(n) from chain_head"))
                    .containsExactly(links, links);
            assertThat(numbers(connection, "select sum(balance) from account")).containsExactly(0L);
            assertThat(numbers(connection, """
                    select count(*) from account
                    where id not like 'cash-in/%' and (balance, version) is distinct from (
                        (case kind when 'player' then 100000000 else 0 end)
                            + coalesce((select sum(case credit when account.id then amount else -amount end)
                                        from transfer where account.id in (debit, credit)), 0),
                        (select count(*) from transfer where account.id in (debit, credit)))""")).containsExactly(0L);
        }
    }

    /// Of the tables that a bet reads and writes, what can be told of each without naming its schema.
    private static Map<String, List<String>> definitions(String... schemas) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.prepareStatement("""
                        select relname,
                               array(select attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull
                                     from pg_attribute where attrelid = pg_class.oid and attnum > 0 order by attnum)
                               || array(select pg_get_constraintdef(oid) from pg_constraint
                                        where conrelid = pg_class.oid and conparentid = 0 and contype <> 'n' order by 1)
                               || array(select pg_get_indexdef(indexrelid) from pg_index where indrelid = pg_class.oid)
                               || array(select pg_get_triggerdef(oid) from pg_trigger
                                        where tgrelid = pg_class.oid and not tgisinternal)
                               || reloptions || relkind::text
                        from pg_class
                        where relnamespace::regnamespace::text = any (?) and relkind in ('r', 'p') and not relispartition
                          and relname in ('currency', 'player', 'account', 'transfer', 'activity', 'chain_head', 'link',
                                          'inbox', 'unemitted', 'failure', 'seed', 'round', 'move')""")) {
            statement.setArray(1, connection.createArrayOf("text", schemas));
            var found = new TreeMap<String, List<String>>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(
                            row.getString(1),
                            List.of((String[]) row.getArray(2).getArray()).stream()
                                    .map(BetCeilingTest::anonymous)
                                    .sorted()
                                    .toList());
                }
            }
            return found;
        }
    }

    /// Names of indexes are made up anew.
    private static String anonymous(String definition) {
        return definition.replaceAll("(ledger|rounds|bench_money)\\.", "").replaceAll("INDEX \\w+ ON", "INDEX ON");
    }

    private static List<Long> numbers(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(question)) {
            var numbers = new ArrayList<Long>();
            while (row.next()) {
                numbers.add(row.getLong(1));
            }
            return numbers;
        }
    }

    private static void migrate(String schema, String path, String... folders) throws IOException, SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("create role " + schema);
            statement.execute("create schema " + schema);
            statement.execute("set search_path = " + path);
            for (var migrations : folders) {
                try (var files = Files.list(ROOT.resolve(migrations))) {
                    for (var file : files.sorted().toList()) {
                        statement.execute(Files.readString(file).replace("${flyway:defaultSchema}", schema));
                    }
                }
            }
        }
    }
}
