package dev.rookery.functions.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Ending;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.delivery.inbox.Inbox;
import dev.rookery.eventing.delivery.inbox.OutcomeWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The wallet's functions on a real ledger.
class WalletTest {

    @RegisterExtension
    static final Ledger ledger = new Ledger();

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());

    @Test
    void aDepositMovesMoneyFromTheWorldToThePlayer() {
        long world = balance("world/EUR");

        var outcome = deposit("c-1", 1_000, "EUR");

        assertThat(outcome.ending()).isEqualTo(Ending.DONE);
        assertThat(data(outcome).get("balance").longValue()).isEqualTo(1_000);
        assertThat(balance("player/" + player + "/EUR")).isEqualTo(1_000);
        assertThat(balance("world/EUR")).isEqualTo(world - 1_000);
    }

    @Test
    void aTransferCarriesTheTraceOfItsCommand() {
        var transfer = data(deposit("c-1", 1_000, "EUR")).get("transfer").stringValue();

        assertThat(ledger.superuser()
                        .fetchSingle("select trace_id from wallet.transfer where id = ?", Long.valueOf(transfer))
                        .get(0))
                .isEqualTo(TRACE);
    }

    @Test
    void theSameCommandAgainIsAnsweredWithTheSameBytesAndBookedOnce() {
        var first = deposit("c-1", 1_000, "EUR");

        var again = deposit("c-1", 1_000, "EUR");

        assertThat(again.event()).isEqualTo(first.event());
        assertThat(again.earlier()).isTrue();
        assertThat(balance("player/" + player + "/EUR")).isEqualTo(1_000);
    }

    @Test
    void theSameCommandTwiceAtTheSameMomentIsBookedOnce() {
        deposit("c-0", 1, "EUR");
        var outcomes = new ArrayList<CompletableFuture<Outcome>>();

        whileTheAccountIsLocked(() -> {
            outcomes.add(CompletableFuture.supplyAsync(() -> deposit("c-1", 1_000, "EUR")));
            outcomes.add(CompletableFuture.supplyAsync(() -> deposit("c-1", 1_000, "EUR")));
            await().until(() -> ledger.waitingForALock() == 2);
        });

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.join()).isInstanceOf(Outcome.Recorded.class));
        assertThat(balance("player/" + player + "/EUR")).isEqualTo(1_001);
    }

    @Test
    void twoWithdrawalsAtTheSameMomentNeverTakeMoreThanThereIs() {
        deposit("c-0", 1_000, "EUR");
        var outcomes = new ArrayList<CompletableFuture<Outcome.Recorded>>();

        whileTheAccountIsLocked(() -> {
            outcomes.add(CompletableFuture.supplyAsync(() -> withdraw("c-1", 700, "EUR")));
            outcomes.add(CompletableFuture.supplyAsync(() -> withdraw("c-2", 700, "EUR")));
            await().until(() -> ledger.waitingForALock() == 2);
        });

        assertThat(outcomes)
                .extracting(outcome -> outcome.join().ending())
                .containsExactlyInAnyOrder(Ending.DONE, Ending.REFUSED);
        assertThat(balance("player/" + player + "/EUR")).isEqualTo(300);
    }

    @Test
    void moreThanThereIsIsRefusedAndNothingMoves() {
        deposit("c-1", 1_000, "EUR");

        var refused = withdraw("c-2", 1_001, "EUR");

        assertThat(refused.ending()).isEqualTo(Ending.REFUSED);
        assertThat(refused.event()).contains("\"type\":\"wallet.withdraw-refused\"", "\"code\":\"insufficient-funds\"");
        assertThat(balance("player/" + player + "/EUR")).isEqualTo(1_000);
    }

    @Test
    void aRefusalStaysARefusalWhenMoneyHasComeInSince() {
        withdraw("c-1", 500, "EUR");
        deposit("c-2", 1_000, "EUR");

        assertThat(withdraw("c-1", 500, "EUR").ending()).isEqualTo(Ending.REFUSED);
        assertThat(balance("player/" + player + "/EUR")).isEqualTo(1_000);
    }

    @Test
    void aCurrencyThatIsNoneIsRefused() {
        assertThat(deposit("c-1", 1, "ABC").event()).contains("\"code\":\"unknown-currency\"");
    }

    @Test
    void theBalanceQueryTellsEveryCurrency() {
        deposit("c-1", 1_000, "EUR");
        deposit("c-2", 5, "JPY");

        var answer = new BalanceFunction(ledger.application()).apply(new Query<>(request("q-1"), Map.of()));

        assertThat(json(answer))
                .hasToString(
                        "{\"balances\":[{\"currency\":\"EUR\",\"amount\":1000},{\"currency\":\"JPY\",\"amount\":5}]}");
    }

    @Test
    void theStatementTellsTheNewestTransfersFirst() {
        deposit("c-1", 1_000, "EUR");
        withdraw("c-2", 300, "EUR");
        deposit("c-3", 5, "JPY");

        var answer = new StatementFunction(ledger.application())
                .apply(new Query<>(request("q-1"), new StatementFunction.Page(2)));

        var transfers = json(answer).get("transfers");
        assertThat(transfers.size()).isEqualTo(2);
        assertThat(transfers.get(0).get("amount").longValue()).isEqualTo(5);
        assertThat(transfers.get(0).get("currency").stringValue()).isEqualTo("JPY");
        assertThat(transfers.get(1).get("amount").longValue()).isEqualTo(-300);
        assertThat(transfers.get(1).get("balance").longValue()).isEqualTo(700);
        assertThat(transfers.get(1).get("at").stringValue()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(transfers.get(1).get("code").stringValue()).isEqualTo("withdrawal");
    }

    @Test
    void balancesOfACurrencyAddUpToNothing() {
        deposit("c-1", 1_000, "SEK");
        withdraw("c-2", 300, "SEK");

        assertThat(ledger.superuser()
                        .fetchSingle("select sum(balance) from wallet.account where currency = 'SEK'")
                        .get(0, Long.class))
                .isZero();
    }

    @Test
    void transfersAreAppendOnlyForEverybody() {
        deposit("c-1", 1_000, "EUR");

        assertThatThrownBy(() -> ledger.superuser().execute("update wallet.transfer set amount = 1"))
                .hasMessageContaining("transfer is append-only: update refused");
        assertThatThrownBy(() -> ledger.superuser().execute("delete from wallet.transfer"))
                .hasMessageContaining("transfer is append-only: delete refused");
    }

    @Test
    void theDatabaseItselfRefusesABalanceBelowItsFloor() {
        deposit("c-1", 1_000, "EUR");

        assertThatThrownBy(() -> ledger.application()
                        .execute(
                                "update account set balance = -1 where id = ?",
                                AccountId.of(player, "EUR").value()))
                .hasMessageContaining("account_check");
    }

    @Test
    void theFunctionMayNotRewriteTransfers() {
        assertThatThrownBy(() -> ledger.application().execute("update transfer set amount = 1"))
                .hasMessageContaining("permission denied");
    }

    private void whileTheAccountIsLocked(Runnable meanwhile) {
        ledger.superuser().transaction(transaction -> {
            transaction
                    .dsl()
                    .fetch(
                            "select * from wallet.account where id = ? for update",
                            AccountId.of(player, "EUR").value());
            meanwhile.run();
        });
    }

    private Outcome.Recorded deposit(String id, long amount, String currency) {
        return move(Direction.DEPOSIT, "wallet.deposit", id, new Money(amount, currency));
    }

    private Outcome.Recorded withdraw(String id, long amount, String currency) {
        return move(Direction.WITHDRAWAL, "wallet.withdraw", id, new Money(amount, currency));
    }

    private Outcome.Recorded move(Direction direction, String type, String id, Money money) {
        Supplier<UUID> ids = UUID::randomUUID;
        var clock = InstantSource.fixed(NOON);
        var inbox = new Inbox(new OutcomeWriter(JSON, clock, ids));
        var request = new Request(player, id, new EventType(type), player.value(), NOON, null);
        var command = new Command<>(request, "f".repeat(64), TRACE, money);
        return (Outcome.Recorded) new MoveFunction(direction, ledger.application(), inbox, clock).apply(command);
    }

    private Request request(String id) {
        return new Request(player, id, new EventType("wallet.balance"), player.value(), NOON, null);
    }

    private static long balance(String account) {
        return ledger.superuser()
                .fetchOptional("select balance from wallet.account where id = ?", account)
                .map(row -> row.get(0, Long.class))
                .orElse(0L);
    }

    private static JsonNode data(Outcome.Recorded outcome) {
        return JSON.readTree(outcome.event()).get("data");
    }

    private static JsonNode json(Answer answer) {
        return JSON.valueToTree(((Answer.Done) answer).data());
    }
}
