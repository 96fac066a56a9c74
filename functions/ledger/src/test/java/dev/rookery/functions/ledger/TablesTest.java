package dev.rookery.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.contract.PlayerId;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the database refuses, whoever asks.
class TablesTest {

    @RegisterExtension
    static final LedgerDatabase database = LedgerDatabase.of("probe");

    private static final String ACCOUNT = "player/p-7/EUR";

    @BeforeAll
    static void bookOnce() {
        try (var batches = database.batches(Instant::now, new LedgerSettings(0, 4))) {
            new Script(batches).ok(new PlayerId("p-7"), "c-1", Script.deposit(1_000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"transfer", "link", "currency"})
    void whatIsAppendOnlyIsSoForEverybody(String table) {
        var column = table.equals("currency") ? "scale" : "at";
        assertThatThrownBy(() -> database.superuser().execute("update " + table + " set " + column + " = " + column))
                .hasMessageContaining("is append-only: update refused");
        assertThatThrownBy(() -> database.superuser().execute("delete from " + table))
                .hasMessageContaining("is append-only: delete refused");
        assertThatThrownBy(() -> database.superuser().execute("truncate " + table + " cascade"))
                .hasMessageContaining("is append-only: truncate refused");
    }

    /// A partition is a table of its own.
    @Test
    void aPartitionIsAppendOnlyToo() {
        var partition = database.superuser()
                .fetchSingle("select tableoid::regclass::text from transfer limit 1")
                .get(0, String.class);

        assertThatThrownBy(() -> database.superuser().execute("update " + partition + " set amount = 1"))
                .hasMessageContaining("is append-only: update refused");
        assertThatThrownBy(() -> database.superuser().execute("truncate " + partition))
                .hasMessageContaining("is append-only: truncate refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update transfer set amount = 1",
                "delete from transfer",
                "truncate transfer",
                "update limit_rule set amount = 1",
                "delete from account",
                "drop table transfer",
                "alter table transfer disable trigger all"
            })
    void aFunctionMayNotEvenTry(String statement) {
        assertThatThrownBy(() -> database.application().execute(statement))
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }

    @Test
    void aBalanceNeverGoesBelowItsFloor() {
        assertThatThrownBy(() ->
                        database.application().execute("update account set balance = floor - 1 where id = ?", ACCOUNT))
                .hasMessageContaining("account_check");
    }

    @Test
    void whatIsHeldIsNeverMoreThanThereIs() {
        assertThatThrownBy(() -> database.application()
                        .execute("update account set held = balance - floor + 1 where id = ?", ACCOUNT))
                .hasMessageContaining("account_check");
    }

    @Test
    void aSumThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> database.application()
                        .execute("update account set balance = balance + 9223372036854775807 where id = ?", ACCOUNT))
                .hasMessageContaining("bigint out of range");
    }

    @ParameterizedTest
    @CsvSource({
        "player/p-7/EUR, player/p-7/EUR, 1, EUR, transfer_check",
        "player/p-7/EUR, cash-in/EUR, 0, EUR, transfer_amount_check",
        "player/p-7/EUR, cash-in/EUR, -1, EUR, transfer_amount_check",
        "player/p-7/EUR, cash-in/EUR, 1, USD, foreign key",
        "player/p-7/EUR, player/nobody/EUR, 1, EUR, foreign key"
    })
    void aTransferIsBalancedOrIsNone(String debit, String credit, long amount, String currency, String refusal) {
        assertThatThrownBy(() -> database.application()
                        .execute(
                                "insert into transfer (at, batch, debit, credit, amount, currency, code, debit_after,"
                                        + " credit_after, debit_version, credit_version, command_source, command_id,"
                                        + " trace_id) values (now(), gen_random_uuid(), ?, ?, ?, ?, 'stake', 0, 0, 1, 1,"
                                        + " 's', 'c', repeat('0', 32))",
                                debit,
                                credit,
                                amount,
                                currency))
                .hasMessageContaining(refusal);
    }

    @Test
    void aLimitIsNotRaisedBeforeADayIsOver() {
        assertThatThrownBy(() -> database.application()
                        .execute("insert into limit_rule (player, currency, kind, period, amount, lowers, requested_at,"
                                + " effective_at) values ('p-7', 'EUR', 'stake', 'day', 1, false, now(),"
                                + " now() + interval '23 hours 59 minutes')"))
                .hasMessageContaining("limit_rule_check");
    }

    @Test
    void partitionsAreMadeAheadByWhoeverBooks() {
        var made = database.application()
                .fetchSingle("select make_partitions('2030-01-15', 2)")
                .get(0, Integer.class);
        var again = database.application()
                .fetchSingle("select make_partitions('2030-01-15', 2)")
                .get(0, Integer.class);

        assertThat(made).isEqualTo(3);
        assertThat(again).isZero();
        assertThat(database.superuser()
                        .fetchSingle("select count(*) from pg_class where relname like 'transfer_2030_0_'"
                                + " and relispartition")
                        .get(0, Integer.class))
                .isEqualTo(3);
    }

    @Test
    void theChoreMakesTheComingMonths() {
        var newYear = Instant.parse("2031-01-01T00:00:00Z");

        new Partitions(database.application(), () -> newYear).run();

        assertThat(database.superuser()
                        .fetch("select relname from pg_class where relname like 'transfer_2031_0_' and relispartition"
                                + " order by relname")
                        .getValues(0, String.class))
                .containsExactly("transfer_2031_01", "transfer_2031_02", "transfer_2031_03", "transfer_2031_04");
    }
}
