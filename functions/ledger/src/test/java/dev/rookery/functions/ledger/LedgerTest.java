package dev.rookery.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.delivery.batch.Batches;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Money on the real tables.
class LedgerTest {

    @RegisterExtension
    static final LedgerDatabase database = LedgerDatabase.of("probe");

    private static final long FUNDS = 100_000;

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());
    private final AccountId account = AccountId.of(player, "EUR");
    private final Batches<Need, Book> batches = database.batches(Instant::now, new LedgerSettings(FUNDS, 4));
    private final Script script = new Script(batches);

    @AfterEach
    void end() {
        batches.close();
    }

    @Test
    void aTransferTakesFromOneAccountWhatItGivesToAnother() {
        long house = database.balance(Script.HOUSE);
        script.ok(player, "c-1", Script.deposit(1_000));

        script.ok(player, "c-2", Script.lose(300));

        assertThat(database.balance(account)).isEqualTo(700);
        assertThat(database.balance(Script.HOUSE)).isEqualTo(house + 300);
    }

    @Test
    void aTransferNamesItsCommandItsTraceAndBothAccountsAfterIt() {
        script.ok(player, "c-1", Script.deposit(1_000));
        script.ok(player, "c-2", Script.lose(300));

        var row = database.superuser().fetchSingle("select * from transfer where debit = ?", account.value());

        assertThat(row.get("command_source")).isEqualTo(player.source());
        assertThat(row.get("command_id")).isEqualTo("c-2");
        assertThat(row.get("trace_id")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(row.get("debit_after")).isEqualTo(700L);
        assertThat(row.get("debit_version")).isEqualTo(2L);
        assertThat(row.get("credit_after")).isEqualTo(database.balance(Script.HOUSE));
    }

    @Test
    void severalTransfersOfOneCommandFollowEachOther() {
        script.ok(player, "c-1", Script.deposit(1_000));

        script.ok(player, "c-2", (command, book) -> {
            Script.lose(300).take(command, book);
            return Script.win(500).take(command, book);
        });

        assertThat(database.superuser()
                        .fetch(
                                "select case when debit = ? then debit_after else credit_after end from transfer"
                                        + " where command_source = ? order by id",
                                account.value(),
                                player.source())
                        .getValues(0, Long.class))
                .containsExactly(1_000L, 700L, 1_200L);
        assertThat(database.balance(account)).isEqualTo(1_200);
    }

    @Test
    void theSameCommandAgainMovesNothingAndIsAnsweredWithTheSameBytes() {
        var first = script.ok(player, "c-1", Script.deposit(1_000));

        var again = script.ok(player, "c-1", Script.deposit(1_000));

        assertThat(again.event()).isEqualTo(first.event());
        assertThat(again.earlier()).isTrue();
        assertThat(database.balance(account)).isEqualTo(1_000);
    }

    @Test
    void whatIsNotThereCannotBeTaken() {
        script.ok(player, "c-1", Script.deposit(1_000));

        assertThatThrownBy(() -> script.run(player, "c-2", Script.lose(1_001)))
                .isInstanceOf(IllegalStateException.class);

        assertThat(database.balance(account)).isEqualTo(1_000);
    }

    @Test
    void theHousePaysNoMoreThanItsFunds() {
        script.ok(player, "c-1", Script.deposit(1_000));
        long funds = FUNDS + database.balance(Script.HOUSE);

        assertThatThrownBy(() -> script.run(player, "c-2", Script.win(funds + 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("account: house/EUR would have");
    }

    @Test
    void aRuleSeesWhatTheHouseHasToLose() {
        script.ok(player, "c-1", Script.deposit(1_000));
        long funds = FUNDS + database.balance(Script.HOUSE);

        var told = script.ok(player, "c-2", (_, book) -> book.available(Script.HOUSE));

        assertThat(told.event()).contains("[\"" + funds + "\"]");
    }

    @Test
    void whatIsHeldStaysAndCannotGoElsewhere() {
        script.ok(player, "c-1", Script.deposit(1_000));
        script.ok(player, "c-2", (_, book) -> book.reserve("hold-" + player, account, 800, later()));

        assertThatThrownBy(() -> script.run(player, "c-3", Script.lose(201)))
                .hasMessageContaining("would have 799, held 800");
        assertThat(database.balance(account)).isEqualTo(1_000);
        assertThat(held()).isEqualTo(800);
    }

    @Test
    void aHoldIsPostedInPartAndTheRestIsFreeAgain() {
        script.ok(player, "c-1", Script.deposit(1_000));
        script.ok(player, "c-2", (_, book) -> book.reserve("hold-" + player, account, 800, later()));

        script.ok(
                player,
                "c-3",
                (command, book) -> book.post(command, hold(book), Script.HOUSE, 500, Transfer.Code.STAKE, "r-1"));

        assertThat(database.balance(account)).isEqualTo(500);
        assertThat(held()).isZero();
        assertThat(database.superuser()
                        .fetchSingle("select state, posted from hold where id = ?", "hold-" + player)
                        .intoList())
                .containsExactly("posted", 500L);
    }

    @Test
    void aHoldThatIsVoidedMovesNothing() {
        script.ok(player, "c-1", Script.deposit(1_000));
        script.ok(player, "c-2", (_, book) -> book.reserve("hold-" + player, account, 800, later()));

        script.ok(player, "c-3", (_, book) -> {
            book.release(hold(book), Hold.State.VOIDED);
            return "voided";
        });

        assertThat(database.balance(account)).isEqualTo(1_000);
        assertThat(held()).isZero();
    }

    @Test
    void aPotThatIsEverybodysPromisesToo() {
        script.ok(player, "c-1", Script.deposit(1_000));
        long funds = FUNDS + database.balance(Script.HOUSE);

        script.ok(player, "c-2", (_, book) -> book.reserve("hold-" + player, Script.HOUSE, funds, later()));

        assertThatThrownBy(() -> script.run(player, "c-3", Script.win(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("account: house/EUR would have");
        script.ok(player, "c-4", (_, book) -> {
            book.release(hold(book), Hold.State.VOIDED);
            return "voided";
        });
        script.ok(player, "c-5", Script.win(1));
    }

    @Test
    void aStakeCountsFromItsPromiseOnAndIsNoLossWhenItIsGivenBack() {
        script.ok(player, "c-1", Script.deposit(1_000));
        script.ok(player, "c-2", (_, book) -> book.stake("hold-" + player, account, 800, later()));
        assertThat(activity()).containsExactly(800L, 0L);

        script.ok(player, "c-3", (_, book) -> {
            book.giveBack(hold(book), Hold.State.VOIDED);
            return "voided";
        });

        assertThat(activity()).containsExactly(800L, 800L);
    }

    @Test
    void aStakeThatIsPostedIsNotCountedAgain() {
        script.ok(player, "c-1", Script.deposit(1_000));
        script.ok(player, "c-2", (_, book) -> book.stake("hold-" + player, account, 800, later()));

        script.ok(
                player,
                "c-3",
                (command, book) -> book.post(command, hold(book), Script.HOUSE, 800, Transfer.Code.STAKE, "r-1"));

        assertThat(activity()).containsExactly(800L, 0L);
    }

    @Test
    void aHoldThatWasLookedUpBeforeItEndedIsNotEndedAgain() {
        script.ok(player, "c-1", Script.deposit(1_000));
        script.ok(player, "c-2", (_, book) -> book.reserve("hold-" + player, account, 800, later()));

        assertThatThrownBy(() -> script.run(player, "c-3", (_, book) -> {
                    var open = hold(book);
                    book.release(open, Hold.State.VOIDED);
                    book.release(open, Hold.State.VOIDED);
                    return "voided twice";
                }))
                .hasMessage("hold: hold-" + player + " is VOIDED (expected: open)");
    }

    @Test
    void aHoldEndsOnce() {
        script.ok(player, "c-1", Script.deposit(1_000));
        script.ok(player, "c-2", (_, book) -> {
            book.release(book.reserve("hold-" + player, account, 800, later()), Hold.State.VOIDED);
            return "voided";
        });

        assertThatThrownBy(() -> script.run(
                        player,
                        "c-3",
                        (command, book) ->
                                book.post(command, hold(book), Script.HOUSE, 800, Transfer.Code.STAKE, "r-1")))
                .hasMessage("hold: hold-" + player + " is VOIDED (expected: open)");
        assertThatThrownBy(() ->
                        database.superuser().execute("update hold set state = 'open' where id = ?", "hold-" + player))
                .hasMessageContaining("is voided (expected: open)");
    }

    @Test
    void aCurrencyHasItsOwnScale() {
        script.ok(player, "c-1", Script.deposit(1_000));

        assertThat(database.superuser()
                        .fetchSingle("select scale from currency where code = 'EUR'")
                        .get(0, Integer.class))
                .isEqualTo(2);
        assertThat(Money.scale("JPY")).hasValue(0);
        assertThat(Money.scale("BHD")).hasValue(3);
    }

    @Test
    void balancesOfACurrencyAddUpToNothing() {
        script.ok(player, "c-1", Script.deposit(1_000));
        script.ok(player, "c-2", Script.lose(300));

        assertThat(database.superuser()
                        .fetchSingle("select sum(balance) from account where currency = 'EUR'")
                        .get(0, Long.class))
                .isZero();
    }

    /// Such as that of a process that was halted for longer than its connection lived.
    @Test
    void whoeverHasLostTheLockWithoutKnowingItWritesNothing() {
        script.ok(player, "c-1", Script.deposit(1_000));

        assertThatThrownBy(() -> script.run(player, "c-2", (command, book) -> {
                    database.superuser()
                            .execute("update account set version = version + 1 where id = ?", account.value());
                    return Script.lose(300).take(command, book);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("accounts: 0 of 1 were as they were read (expected: all, under their players' locks)");
        assertThat(database.balance(account)).isEqualTo(1_000);
    }

    @Test
    void theChainHasALinkForEachTransaction() {
        var before = links();

        script.ok(player, "c-1", Script.deposit(1_000));
        script.ok(player, "c-1", Script.deposit(1_000));

        assertThat(links()).isEqualTo(before + 1);
        assertThat(database.superuser()
                        .fetchSingle(
                                "select count(*) from transfer join link using (batch) join inbox using (batch)"
                                        + " where credit = ? and inbox.source = ?",
                                account.value(),
                                player.source())
                        .get(0, Integer.class))
                .isEqualTo(1);
    }

    private int links() {
        return database.superuser().fetchSingle("select count(*) from link").get(0, Integer.class);
    }

    /// Staked and won.
    private List<Object> activity() {
        return database.superuser()
                .fetchSingle("select staked, won from activity where account = ?", account.value())
                .intoList();
    }

    private long held() {
        return database.superuser()
                .fetchSingle("select held from account where id = ?", account.value())
                .get(0, Long.class);
    }

    private Hold hold(Book book) {
        return book.hold("hold-" + player).orElseThrow();
    }

    private static Instant later() {
        return Instant.now().plus(Duration.ofMinutes(10));
    }
}
