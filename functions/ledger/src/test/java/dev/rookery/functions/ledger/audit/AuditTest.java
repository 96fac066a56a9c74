package dev.rookery.functions.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.functions.ledger.LedgerDatabase;
import dev.rookery.functions.ledger.LedgerSettings;
import dev.rookery.functions.ledger.Script;
import dev.rookery.functions.ledger.audit.Examination.Examined;
import dev.rookery.functions.ledger.audit.Examination.NotExamined;
import dev.rookery.functions.ledger.chain.Hash;
import dev.rookery.functions.ledger.seal.Seal;
import dev.rookery.functions.ledger.seal.SealKeys;
import dev.rookery.functions.ledger.seal.SealWriter;
import dev.rookery.functions.ledger.seal.SignedSeal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A healthy ledger of one stripe, each command a link of its own, sealed twice. Whoever tampers with it is a
/// superuser whom no trigger stops, in a transaction that is undone after the audit has looked.
class AuditTest {

    @RegisterExtension
    static final LedgerDatabase database = LedgerDatabase.of("probe");

    private static final SealKeys KEYS = SealKeys.fresh();
    private static final PlayerId ALICE = new PlayerId("alice");
    private static final PlayerId BOB = new PlayerId("bob");
    private static final List<SignedSeal> SEALS = new ArrayList<>();

    private static final String ALICE_MAY_DEPOSIT =
            "insert into limit_rule (player, currency, kind, period, amount, lowers,"
                    + " requested_at, effective_at) values ('alice', 'EUR', 'deposit', 'day', ";

    @BeforeAll
    static void keepTheBooks() {
        try (var batches = database.batches(Instant::now, new LedgerSettings(100_000, 1))) {
            var script = new Script(batches);
            script.ok(ALICE, "c-1", Script.deposit(1_000));
            script.ok(BOB, "c-2", Script.deposit(500));
            script.ok(ALICE, "c-3", Script.lose(100));
            script.ok(ALICE, "c-4", Script.win(50));
            script.ok(
                    BOB,
                    "c-5",
                    (command, book) -> book.reserve(
                            "hold-bob", Script.mine(command), 200, book.now().plus(Duration.ofDays(1))));
            script.ok(ALICE, "c-6", (_, _) -> new Refusal("no", "not today"));
            seal();
            script.ok(ALICE, "c-7", Script.deposit(300));
            script.ok(BOB, "c-8", Script.lose(100));
            seal();
        }
    }

    @Test
    void aHealthyLedgerHasNoFindings() throws SQLException {
        var came = new ArrayList<Examination>();
        try (var connection = superuser()) {
            assertThat(new Audit(Optional.of(KEYS.publicKey()))
                            .run(connection, () -> List.of(new SealSource("topic", lines())), came::add))
                    .isEqualTo(came);
        }

        assertThat(findings(came)).isEmpty();
        assertThat(examined(came, "I11 chain").rows()).isEqualTo(8);
        assertThat(examined(came, "I2").rows()).isEqualTo(4);
        assertThat(examined(came, "I8").rows()).isEqualTo(6);
        assertThat(examined(came, "I11 seals of topic").rows()).isEqualTo(2);
    }

    @Test
    void whatCannotBeSeenIsNamed() throws SQLException {
        var came = audit(List.of(), "select 1");

        assertThat(came.stream().filter(NotExamined.class::isInstance).map(Examination::check))
                .containsExactly("I11 seals", "I5", "I10", "I12 stakes", "I14", "I6", "I7 rounds", "I15");
    }

    @Test
    void anEditedTransferIsFound() throws SQLException {
        var findings = found("update transfer set amount = amount + 1 where id = " + transfer(3));

        assertThat(findings).anySatisfy(each -> {
            assertThat(each.check()).isEqualTo("I11 chain");
            assertThat(each.row()).isEqualTo("link 0/3, transfer " + transfer(3) + ", outcome /players/alice c-3");
        });
        assertThat(findings).extracting(Finding::check).contains("I2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code = 'payout'",
                "round = 'r-2'",
                "command_id = 'c-9'",
                "trace_id = repeat('1', 32)",
                "debit_after = debit_after + 1",
                "at = at + interval '1 microsecond'",
                "currency = 'USD'",
                "batch = gen_random_uuid()"
            })
    void noColumnOfATransferIsChangedUnseen(String change) throws SQLException {
        assertThat(found("update transfer set " + change + " where id = " + transfer(3)))
                .anySatisfy(each -> {
                    assertThat(each.check()).startsWith("I11 c");
                    assertThat(each.row()).contains("transfer " + transfer(3));
                });
    }

    @Test
    void anEditedOutcomeIsFound() throws SQLException {
        var findings = found("update inbox set event = replace(event, 'not today', 'never') where id = 'c-6'");

        assertThat(findings).singleElement().satisfies(each -> {
            assertThat(each.check()).isEqualTo("I11 chain");
            assertThat(each.row()).isEqualTo("link 0/6, outcome /players/alice c-6");
        });
    }

    @Test
    void aDeletedTransferIsFound() throws SQLException {
        var findings = found("delete from transfer where id = " + transfer(3));

        assertThat(findings)
                .contains(new Finding(
                        "I11 chain", "link 0/3, outcome /players/alice c-3", "0 transfers and 1 outcomes", "1 and 1"));
        assertThat(findings)
                .contains(new Finding("I8", "transfer " + transfer(4), "is number 3 of player/alice/EUR", "2"));
    }

    @Test
    void aDeletedLinkIsFound() throws SQLException {
        var findings = found("delete from link where n = 4");

        assertThat(findings)
                .contains(new Finding("I11 chain", "link 0/5", "comes after link 0/3", "link 0/4 before it"));
        assertThat(findings)
                .filteredOn(each -> each.check().equals("I11 covered"))
                .extracting(Finding::row)
                .containsExactlyInAnyOrder("transfer " + transfer(4), "outcome /players/alice c-4");
    }

    @Test
    void anInsertedTransferIsFound() throws SQLException {
        var findings = found("create temporary table more as select * from transfer where id = " + transfer(3)
                + "; update more set id = 999, batch = gen_random_uuid(); insert into transfer select * from more");

        assertThat(findings).anySatisfy(each -> {
            assertThat(each.check()).isEqualTo("I11 covered");
            assertThat(each.row()).isEqualTo("transfer 999");
        });
    }

    @Test
    void oneThatIsInsertedIntoATransactionIsFound() throws SQLException {
        var findings = found("create temporary table more as select * from transfer where id = " + transfer(3)
                + "; update more set id = 999; insert into transfer select * from more");

        assertThat(findings)
                .contains(new Finding(
                        "I11 chain",
                        "link 0/3, transfer " + transfer(3) + ", transfer 999, outcome /players/alice c-3",
                        "2 transfers and 1 outcomes",
                        "1 and 1"));
    }

    @Test
    void swappedTransfersAreFound() throws SQLException {
        long one = transfer(1);
        long other = transfer(7);
        var findings = found("update transfer set id = case id when " + one + " then " + other + " else " + one
                + " end where id in (" + one + ", " + other + ")");

        assertThat(findings)
                .filteredOn(each -> each.check().equals("I11 chain"))
                .extracting(Finding::row)
                .containsExactly(
                        "link 0/1, transfer " + other + ", outcome /players/alice c-1",
                        "link 0/7, transfer " + one + ", outcome /players/alice c-7");
    }

    @Test
    void swappedLinksAreFound() throws SQLException {
        var findings = found("update link set n = -n where n in (3, 4); update link set n = 7 + n where n < 0");

        assertThat(findings)
                .filteredOn(each -> each.check().equals("I11 chain"))
                .extracting(Finding::row)
                .contains(
                        "link 0/3, transfer " + transfer(4) + ", outcome /players/alice c-4",
                        "link 0/4, transfer " + transfer(3) + ", outcome /players/alice c-3");
    }

    @Test
    void aChangedHeadIsFound() throws SQLException {
        var findings = found("update chain_head set n = n - 1 where stripe = 0");

        assertThat(findings).singleElement().satisfies(each -> {
            assertThat(each.check()).isEqualTo("I11 heads");
            assertThat(each.row()).isEqualTo("head of stripe 0");
        });
    }

    /// Everything behind the first seal is gone, and what is left agrees with itself.
    @Test
    void onlyASealFindsATailThatWasCutOff() throws SQLException {
        var findings = found(cutOff());

        assertThat(findings).extracting(Finding::check).containsOnly("I11 seals of topic");
        assertThat(findings).anySatisfy(each -> {
            assertThat(each.row()).isEqualTo("seal 2");
            assertThat(each.found()).isEqualTo("link 0/8 is not there");
        });
        assertThat(findings(audit(List.of(), cutOff()))).isEmpty();
    }

    @Test
    void onlyASealFindsARestoredOldBackup() throws SQLException {
        var backup = cutOff() + "; delete from seal where n > 1; delete from seal_publication where n > 1";
        var findings = found(backup);

        assertThat(findings).extracting(Finding::check).containsOnly("I11 seals of topic");
        assertThat(findings)
                .contains(new Finding(
                        "I11 seals of topic",
                        "seal 2",
                        "the database has no such seal",
                        "one of " + SEALS.get(1).seal().at() + ": it is an older copy, or its seals were deleted"));
        assertThat(findings(audit(List.of(), backup))).isEmpty();
    }

    /// An old backup that went on: the database has another second seal than the world.
    @Test
    void aLedgerThatWentOnFromAnOldBackupIsFound() throws SQLException {
        var findings =
                found("update seal set content = replace(content, '\"accounts\":4', '\"accounts\":5') where n = 2");

        assertThat(findings).singleElement().satisfies(each -> {
            assertThat(each.row()).isEqualTo("seal 2");
            assertThat(each.found()).startsWith("the database has another one");
        });
    }

    /// Whoever computes all hashes behind an edit again has a chain without fault, and no seal that fits.
    @Test
    void aChainThatWasComputedAgainIsFound() throws SQLException {
        var findings = found("update link set hash = decode('" + Hash.sha256("x") + "', 'hex') where n = 8;"
                + " update chain_head set hash = decode('" + Hash.sha256("x") + "', 'hex') where stripe = 0");

        assertThat(findings)
                .contains(new Finding(
                        "I11 seals of topic",
                        "seal 2",
                        "link 0/8 has the hash " + Hash.sha256("x"),
                        SEALS.get(1).seal().head(0).hash() + ", as it was sealed"));
    }

    @Test
    void aForgedSealIsFound() throws SQLException {
        var forged = SealKeys.fresh().key().sign(SEALS.get(1).seal());

        var findings = findings(audit(List.of(SEALS.get(0).line(), forged.line()), "select 1"));

        assertThat(findings)
                .containsExactly(new Finding(
                        "I11 seals of topic",
                        "seal 2",
                        "signature: " + forged.signature(),
                        "that of the ledger's key"));
    }

    @Test
    void aSealThatFollowsAnotherOneIsFound() throws SQLException {
        var seal = SEALS.get(1).seal();
        var astray = KEYS.key()
                .sign(new Seal(seal.n(), seal.at(), seal.heads(), seal.counts(), seal.sums(), Hash.sha256("another")));

        var findings = findings(audit(List.of(SEALS.get(0).line(), astray.line()), "select 1"));

        assertThat(findings)
                .contains(new Finding(
                        "I11 seals of topic",
                        "seal 2",
                        "previous: " + Hash.sha256("another"),
                        SEALS.get(0).hash() + ", the hash of seal 1"));
    }

    @Test
    void aSealThatIsMissingOutsideIsFound() throws SQLException {
        var first = lines().subList(0, 1);

        assertThat(findings(audit(first, "select 1")))
                .containsExactly(new Finding(
                        "I11 seals of topic",
                        "seal 2",
                        "not in topic",
                        "every seal up to " + SEALS.size() + ", which the database has as published"));
        assertThat(findings(audit(lines().subList(1, SEALS.size()), "select 1")))
                .containsExactly(new Finding("I11 seals of topic", "seal 2", "is the first", "seal 1"));
    }

    @Test
    void aSealThatWasPublishedTwiceIsNoFinding() throws SQLException {
        var twice = SEALS.stream()
                .flatMap(seal -> Stream.of(seal.line(), seal.line()))
                .toList();

        assertThat(findings(audit(twice, "select 1"))).isEmpty();
    }

    /// Whoever died while it was written has written it again.
    @Test
    void halfALineIsAFindingUnlessItWasBegunAgain() throws SQLException {
        var half = SEALS.get(0).line().substring(0, 20);
        var begunAgain = Stream.concat(Stream.of(half), lines().stream()).toList();
        var nonsense = Stream.concat(lines().stream(), Stream.of("nonsense")).toList();

        assertThat(findings(audit(begunAgain, "select 1"))).isEmpty();
        assertThat(findings(audit(nonsense, "select 1")))
                .containsExactly(new Finding("I11 seals of topic", "line nonsense", "cannot be read", "a seal"));
    }

    @Test
    void aBalanceThatWasChangedIsFound() throws SQLException {
        var findings = found("update account set balance = balance + 1 where id = 'player/bob/EUR'");

        assertThat(findings)
                .contains(
                        new Finding("I1", "currency EUR", "balances sum up to 1", "0"),
                        new Finding("I2", "account player/bob/EUR", "balance: 401", "400, the sum of its transfers"));
    }

    @Test
    void aBalanceBelowItsFloorIsFound() throws SQLException {
        var findings = found("do $$ declare each text; begin for each in select conname from pg_constraint"
                + " where conrelid = 'ledger.account'::regclass and contype = 'c'"
                + " loop execute 'alter table account drop constraint ' || each; end loop; end $$;"
                + " update account set floor = balance where id = 'player/bob/EUR'");

        assertThat(findings)
                .contains(new Finding(
                        "I3",
                        "account player/bob/EUR",
                        "balance: 400, held: 200",
                        "a difference of at least 400, and nothing held below 0"));
    }

    @Test
    void moneyThatMovedForARefusalIsFound() throws SQLException {
        var findings = found("update inbox set ending = 'refused' where id = 'c-3'");

        assertThat(findings).anySatisfy(each -> {
            assertThat(each.check()).isEqualTo("I4");
            assertThat(each.row()).isEqualTo("transfer " + transfer(3));
        });
    }

    @Test
    void aPotThatPaidWhatItDidNotHaveIsFound() throws SQLException {
        var findings = found("update account set floor = 0 where id = 'house/EUR';"
                + " update transfer set debit_after = -1 where id = " + transfer(4));

        assertThat(findings)
                .contains(new Finding("I7", "transfer " + transfer(4), "leaves house/EUR with -1", "at least 0"));
    }

    @Test
    void aGapInTheVersionsIsFound() throws SQLException {
        var findings = found("update transfer set credit_version = credit_version + 1 where id = " + transfer(7)
                + "; update account set version = version + 1 where id = 'player/alice/EUR'");

        assertThat(findings)
                .contains(new Finding("I8", "transfer " + transfer(7), "is number 5 of player/alice/EUR", "4"));
    }

    @Test
    void aHoldThatIsNotHeldIsFound() throws SQLException {
        var findings = found("update account set held = 150 where id = 'player/bob/EUR'");

        assertThat(findings)
                .containsExactly(
                        new Finding("I9", "account player/bob/EUR", "held: 150", "200, the sum of its open holds"));
    }

    @Test
    void aDepositWhileExcludedIsFound() throws SQLException {
        var findings = found("insert into inbox (source, id, fingerprint, type, ending, event_id, event, facts, batch)"
                + " select '/players/alice', 'x-1', '', 'wallet.exclude', 'done', 'e-1',"
                + " '{\"data\":{\"until\":\"9999-12-31T23:59:59Z\"}}', '[]', batch from link where n = 6");

        assertThat(findings)
                .filteredOn(each -> each.check().equals("I12"))
                .extracting(Finding::row)
                .containsExactly("transfer " + transfer(7));
    }

    @Test
    void aDepositOverALimitIsFound() throws SQLException {
        var findings = found(ALICE_MAY_DEPOSIT + "1200, true, now() - interval '2 days', now() - interval '2 days')");

        assertThat(findings)
                .containsExactly(new Finding(
                        "I12 deposits",
                        "transfer " + transfer(7),
                        "deposits of the day with it: 1300",
                        "at most 1200"));
    }

    @Test
    void aLimitThatWasRaisedAtOnceIsFound() throws SQLException {
        var findings = found(
                ALICE_MAY_DEPOSIT + "5000, true, now(), now()); " + ALICE_MAY_DEPOSIT + "6000, true, now(), now())");

        assertThat(findings).singleElement().satisfies(each -> {
            assertThat(each.check()).isEqualTo("I13");
            assertThat(each.row()).startsWith("limit ");
            assertThat(each.found()).startsWith("allows 6000 after 5000");
        });
    }

    @Test
    void roundsAreHeldAgainstWhatTheyPaid() throws SQLException {
        var findings = found("create schema rounds; create table rounds.round (id text, player text, currency text,"
                + " stake bigint, max_payout bigint, state text, payout bigint, deadline timestamptz);"
                + " insert into rounds.round values"
                + " ('r-1', 'alice', 'EUR', 100, 40, 'settled', 50, now()),"
                + " ('r-2', 'alice', 'EUR', 100, 40, 'settled', 30, now()),"
                + " ('r-3', 'alice', 'EUR', 100, 40, 'open', null, now() - interval '16 minutes')");

        assertThat(findings)
                .extracting(Finding::check, Finding::row)
                .containsExactly(tuple("I6", "round r-2"), tuple("I7 rounds", "round r-1"), tuple("I15", "round r-3"));
    }

    private static String cutOff() {
        return "delete from inbox where id in ('c-7', 'c-8'); delete from transfer where batch in (select batch from"
                + " link where n > 6); delete from link where n > 6; update chain_head set n = 6, hash = (select hash"
                + " from link where n = 6) where stripe = 0;"
                + " update account set balance = balance - 300, version = version - 1 where id = 'player/alice/EUR';"
                + " update account set balance = balance + 300, version = version - 1 where id = 'cash-in/EUR';"
                + " update account set balance = balance + 100, version = version - 1 where id = 'player/bob/EUR';"
                + " update account set balance = balance - 100, version = version - 1 where id = 'house/EUR'";
    }

    private static void seal() {
        new SealWriter(database.application(), Instant::now, Optional.of(KEYS.key()), List.of(SEALS::add)).run();
    }

    private static List<String> lines() {
        return SEALS.stream().map(SignedSeal::line).toList();
    }

    /// The one of a link.
    private static long transfer(long link) {
        return database.superuser()
                .fetchSingle("select id from transfer where batch = (select batch from link where n = ?)", link)
                .get(0, Long.class);
    }

    private static List<Finding> found(String tampering) throws SQLException {
        return findings(audit(lines(), tampering));
    }

    private static List<Examination> audit(List<String> seals, String tampering) throws SQLException {
        try (var connection = superuser()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("set local session_replication_role = replica");
                statement.execute(tampering);
            }
            var sources = seals.isEmpty() ? List.<SealSource>of() : List.of(new SealSource("topic", seals));
            var came = new Audit(Optional.of(KEYS.publicKey()))
                    .examine(new Snapshot(connection), sources, SEALS.size(), _ -> {});
            connection.rollback();
            return came;
        }
    }

    private static Connection superuser() {
        return Objects.requireNonNull(
                database.superuser().configuration().connectionProvider().acquire());
    }

    private static List<Finding> findings(List<Examination> came) {
        return came.stream()
                .filter(Examined.class::isInstance)
                .flatMap(each -> ((Examined) each).findings().stream())
                .toList();
    }

    private static Examined examined(List<Examination> came, String check) {
        return came.stream()
                .filter(each -> each.check().equals(check))
                .map(Examined.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
