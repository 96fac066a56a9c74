package dev.rookery.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.Ending;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.delivery.batch.BatchSettings;
import dev.rookery.eventing.delivery.batch.Batches;
import dev.rookery.functions.ledger.protection.LimitKind;
import dev.rookery.functions.ledger.protection.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Commands at the same moment: together in one transaction, and in two that get in each other's way.
class TogetherTest {

    @RegisterExtension
    static final LedgerDatabase database = LedgerDatabase.of("probe");

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());
    private final AccountId account = AccountId.of(player, "EUR");
    private final List<Batches<Need, Book>> open = new ArrayList<>();

    @AfterEach
    void end() {
        open.forEach(Batches::close);
    }

    @Test
    void whatComesWhileATransactionRunsCommitsTogether() {
        var script = script(1);
        var outcomes = whileOneWaits(
                script,
                () -> List.of(
                        later(() -> script.run(player, "c-1", Script.deposit(1_000))),
                        later(() -> script.run(other(), "c-1", Script.deposit(1_000))),
                        later(() -> script.run(other(), "c-1", Script.deposit(1_000)))));

        assertThat(outcomes).allSatisfy(outcome -> assertThat(ending(outcome)).isEqualTo(Ending.DONE));
        assertThat(transfersOfTheBatchOf(account)).isEqualTo(3);
    }

    @Test
    void aSecondCommandOfOnePlayerSeesWhatTheFirstDid() {
        var script = script(1);
        script.run(player, "c-0", Script.deposit(1_000));

        var outcomes = whileOneWaits(script, () -> {
            var first = later(() -> script.run(player, "c-1", Script.lose(700)));
            await().until(() -> script.waiting() == 1);
            var second = later(() -> script.run(
                    player,
                    "c-2",
                    (command, book) -> book.account(player, "EUR").out(700) instanceof Movement.Refused(var why)
                            ? why
                            : Script.lose(700).take(command, book)));
            return List.of(first, second);
        });

        assertThat(outcomes).extracting(TogetherTest::ending).containsExactly(Ending.DONE, Ending.REFUSED);
        assertThat(database.balance(account)).isEqualTo(300);
    }

    @Test
    void aCommandThatComesTwiceInOneTransactionHasOneEffect() {
        var script = script(1);

        var outcomes = whileOneWaits(
                script,
                () -> List.of(
                        later(() -> script.run(player, "c-1", Script.deposit(1_000))),
                        later(() -> script.run(player, "c-1", Script.deposit(1_000)))));

        assertThat(outcomes)
                .extracting(outcome -> ((Outcome.Recorded) outcome).event())
                .satisfies(events -> assertThat(events.getFirst()).isEqualTo(events.getLast()));
        assertThat(outcomes)
                .extracting(outcome -> ((Outcome.Recorded) outcome).earlier())
                .containsExactlyInAnyOrder(false, true);
        assertThat(database.balance(account)).isEqualTo(1_000);
    }

    @Test
    void oneThatThrowsFailsAlone() {
        var script = script(1);
        var poison = new CompletableFuture<Throwable>();

        var outcomes = whileOneWaits(script, () -> {
            later(() -> script.run(other(), "c-1", (_, _) -> {
                        throw new IllegalStateException("poison");
                    }))
                    .whenComplete((_, thrown) -> poison.complete(thrown));
            return List.of(
                    later(() -> script.run(player, "c-1", Script.deposit(1_000))),
                    later(() -> script.run(other(), "c-1", Script.deposit(1_000))));
        });

        assertThat(outcomes).allSatisfy(outcome -> assertThat(ending(outcome)).isEqualTo(Ending.DONE));
        assertThat(poison.join()).hasRootCauseMessage("poison");
        assertThat(database.balance(account)).isEqualTo(1_000);
    }

    /// Two pods with the same command: the second waits for the lock, and must then see what the first committed.
    @Test
    void theSameCommandInTwoTransactionsIsBookedOnce() {
        var one = script(1);
        var two = script(1);
        one.run(player, "c-0", Script.deposit(1));

        var outcomes = whileThePlayerIsLocked(() -> List.of(
                later(() -> one.run(player, "c-1", Script.deposit(1_000))),
                later(() -> two.run(player, "c-1", Script.deposit(1_000)))));

        assertThat(outcomes)
                .extracting(outcome -> ((Outcome.Recorded) outcome).earlier())
                .containsExactlyInAnyOrder(false, true);
        assertThat(database.balance(account)).isEqualTo(1_001);
    }

    @Test
    void twoBetsInTwoTransactionsNeverTakeMoreThanThereIs() {
        var one = script(1);
        var two = script(1);
        one.run(player, "c-0", Script.deposit(1_000));

        var outcomes = whileThePlayerIsLocked(() -> List.of(
                later(() -> one.run(player, "c-1", ifThereIs(700))),
                later(() -> two.run(player, "c-2", ifThereIs(700)))));

        assertThat(outcomes).extracting(TogetherTest::ending).containsExactlyInAnyOrder(Ending.DONE, Ending.REFUSED);
        assertThat(database.balance(account)).isEqualTo(300);
    }

    @Test
    void aBetThatMeetsAnExclusionIsMadeBeforeItOrNotAtAll() {
        var one = script(1);
        var two = script(1);
        one.run(player, "c-0", Script.deposit(1_000));

        var outcomes = whileThePlayerIsLocked(() -> {
            var exclusion = later(() -> one.run(player, "c-1", (_, book) -> {
                book.change(book.player(player).excluded(book.now(), book.now().plus(Duration.ofDays(1))));
                return "excluded";
            }));
            await().until(() -> database.waitingForALock() == 1);
            return List.of(
                    exclusion,
                    later(() -> two.run(
                            player,
                            "c-2",
                            (command, book) -> book.player(player)
                                    .bet("EUR", 100, book.activity(player, "EUR"), book.now())
                                    .<Object>map(why -> why)
                                    .orElseGet(() -> Script.lose(100).take(command, book)))));
        });

        assertThat(outcomes).extracting(TogetherTest::ending).containsExactly(Ending.DONE, Ending.REFUSED);
        assertThat(database.balance(account)).isEqualTo(1_000);
    }

    @Test
    void twoDepositsAtOnceDoNotPassTheLimitTogether() {
        var one = script(1);
        var two = script(1);
        one.run(player, "c-0", (_, book) -> {
            book.limit(
                    player, book.player(player).limits().ask("EUR", LimitKind.DEPOSIT, Period.DAY, 1_000L, book.now()));
            return "limited";
        });

        var outcomes = whileThePlayerIsLocked(() -> List.of(
                later(() -> one.run(player, "c-1", depositIfAllowed(700))),
                later(() -> two.run(player, "c-2", depositIfAllowed(700)))));

        assertThat(outcomes).extracting(TogetherTest::ending).containsExactlyInAnyOrder(Ending.DONE, Ending.REFUSED);
        assertThat(database.balance(account)).isEqualTo(700);
    }

    /// What was paid in before there was a limit counts for it all the same.
    @Test
    void aDepositRightBehindTheLimitDoesNotPassIt() {
        var script = script(1);
        script.run(player, "c-0", Script.deposit(900));

        var outcomes = whileOneWaits(script, () -> {
            var limit = later(() -> script.run(player, "c-1", (_, book) -> {
                book.limit(
                        player,
                        book.player(player).limits().ask("EUR", LimitKind.DEPOSIT, Period.DAY, 1_000L, book.now()));
                return "limited";
            }));
            await().until(() -> script.waiting() == 1);
            return List.of(limit, later(() -> script.run(player, "c-2", depositIfAllowed(500))));
        });

        assertThat(outcomes).extracting(TogetherTest::ending).containsExactly(Ending.DONE, Ending.REFUSED);
        assertThat(database.balance(account)).isEqualTo(900);
    }

    @Test
    void aHoldIsPostedOrExpiresAndNeverBoth() {
        var one = script(1);
        var two = script(1);
        one.run(player, "c-0", Script.deposit(1_000));
        one.run(player, "c-1", (_, book) -> book.reserve("hold-" + player, account, 800, Instant.now()));

        var outcomes = whileThePlayerIsLocked(() -> List.of(
                later(() -> one.run(
                        player,
                        "c-2",
                        ifOpen((command, book) ->
                                book.post(command, hold(book), Script.HOUSE, 800, Transfer.Code.STAKE, "r-1")))),
                later(() -> two.run(player, "c-3", ifOpen((_, book) -> {
                    book.release(hold(book), Hold.State.EXPIRED);
                    return "expired";
                })))));

        assertThat(outcomes).extracting(TogetherTest::ending).containsExactlyInAnyOrder(Ending.DONE, Ending.REFUSED);
        assertThat(database.superuser()
                        .fetchSingle("select held from account where id = ?", account.value())
                        .get(0, Long.class))
                .isZero();
    }

    private Script.Step ifOpen(Script.Step step) {
        return (command, book) ->
                hold(book).state() == Hold.State.OPEN ? step.take(command, book) : new Refusal("over", "it is over");
    }

    private Hold hold(Book book) {
        return book.hold("hold-" + player).orElseThrow();
    }

    private Script.Step ifThereIs(long amount) {
        return (command, book) -> book.account(player, "EUR").out(amount) instanceof Movement.Refused(var why)
                ? why
                : Script.lose(amount).take(command, book);
    }

    private Script.Step depositIfAllowed(long amount) {
        return (command, book) -> book.player(player)
                .deposit("EUR", amount, book.activity(player, "EUR"), book.now())
                .<Object>map(why -> why)
                .orElseGet(() -> Script.deposit(amount).take(command, book));
    }

    private Script script(int transactions) {
        var batches = database.batching(Instant::now, new BatchSettings(50, transactions, Duration.ofMillis(2)))
                .on(new Ledger(Instant::now, new LedgerSettings(100_000, 4)));
        open.add(batches);
        return new Script(batches);
    }

    /// Holds up the one transaction of the script by a lock, until everything else that was sent waits for the next.
    private List<Outcome> whileOneWaits(Script script, Supplier<List<CompletableFuture<Outcome>>> meanwhile) {
        var blocked = other();
        script.run(blocked, "c-0", Script.deposit(1));
        var sent = new ArrayList<CompletableFuture<Outcome>>();
        whileLocked(blocked, () -> {
            later(() -> script.run(blocked, "c-1", Script.deposit(1)));
            await().until(() -> database.waitingForALock() == 1);
            sent.addAll(meanwhile.get());
            await().until(() -> script.waiting() >= sent.size());
        });
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private List<Outcome> whileThePlayerIsLocked(Supplier<List<CompletableFuture<Outcome>>> meanwhile) {
        var sent = new ArrayList<CompletableFuture<Outcome>>();
        whileLocked(player, () -> {
            sent.addAll(meanwhile.get());
            await().until(() -> database.waitingForALock() == sent.size());
        });
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private static void whileLocked(PlayerId player, Runnable meanwhile) {
        database.superuser().transaction(transaction -> {
            transaction.dsl().fetch("select * from player where id = ? for update", player.value());
            meanwhile.run();
        });
    }

    private int transfersOfTheBatchOf(AccountId credit) {
        return database.superuser()
                .fetchSingle(
                        "select count(*) from transfer where batch = (select batch from transfer where credit = ?)",
                        credit.value())
                .get(0, Integer.class);
    }

    private static CompletableFuture<Outcome> later(Supplier<Outcome> command) {
        return CompletableFuture.supplyAsync(
                command, each -> Thread.ofPlatform().start(each));
    }

    private static PlayerId other() {
        return new PlayerId("o-" + UUID.randomUUID());
    }

    private static Ending ending(Outcome outcome) {
        return ((Outcome.Recorded) outcome).ending();
    }
}
