package dev.rookery.functions.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.catalog.CatalogFolder;
import dev.rookery.eventing.catalog.DataSchema;
import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Catalog.SignificantFact;
import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Ending;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Outcome.RecordedFact;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.delivery.batch.Batches;
import dev.rookery.eventing.delivery.batch.Rule;
import dev.rookery.functions.ledger.AccountId;
import dev.rookery.functions.ledger.AccountKind;
import dev.rookery.functions.ledger.Book;
import dev.rookery.functions.ledger.LedgerDatabase;
import dev.rookery.functions.ledger.LedgerSettings;
import dev.rookery.functions.ledger.Money;
import dev.rookery.functions.ledger.Need;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The wallet's rules and queries on a real ledger.
class WalletTest {

    @RegisterExtension
    static final LedgerDatabase ledger = LedgerDatabase.of("wallet");

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long LARGE = 100_000;
    /// What regulators are told, as the wallet's catalog file says.
    private static final Map<EventType, SignificantFact> SIGNIFICANT =
            CatalogFolder.read(Path.of("src/main/resources/catalog")).significant();
    /// What players are told, as it says.
    private static final Map<EventType, DataSchema> TOLD = CatalogFolder.told(Path.of("src/main/resources/catalog"));

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());
    private Instant now = Instant.now();
    private final Batches<Need, Book> batches = ledger.batches(() -> now, new LedgerSettings(0, 4));

    @AfterEach
    void end() {
        batches.close();
    }

    @Test
    void aDepositMovesMoneyFromTheWorldToThePlayer() {
        long world = ledger.balance(AccountId.of(AccountKind.CASH_IN, "EUR"));

        var outcome = deposit("c-1", 1_000, "EUR");

        assertThat(outcome.ending()).isEqualTo(Ending.DONE);
        assertThat(data(outcome).get("balance").longValue()).isEqualTo(1_000);
        assertThat(balance("EUR")).isEqualTo(1_000);
        assertThat(ledger.balance(AccountId.of(AccountKind.CASH_IN, "EUR"))).isEqualTo(world - 1_000);
    }

    @Test
    void aWithdrawalMovesMoneyFromThePlayerToTheWorld() {
        deposit("c-1", 1_000, "EUR");
        long world = ledger.balance(AccountId.of(AccountKind.CASH_OUT, "EUR"));

        var outcome = withdraw("c-2", 300, "EUR");

        assertThat(outcome.event()).contains("\"type\":\"wallet.withdrawn\"", "\"balance\":700");
        assertThat(ledger.balance(AccountId.of(AccountKind.CASH_OUT, "EUR"))).isEqualTo(world + 300);
    }

    @Test
    void moreThanThereIsIsRefusedAndNothingMoves() {
        deposit("c-1", 1_000, "EUR");

        var refused = withdraw("c-2", 1_001, "EUR");

        assertThat(refused.ending()).isEqualTo(Ending.REFUSED);
        assertThat(refused.event()).contains("\"type\":\"wallet.withdraw-refused\"", "\"code\":\"insufficient-funds\"");
        assertThat(balance("EUR")).isEqualTo(1_000);
    }

    @Test
    void aRefusalStaysARefusalWhenMoneyHasComeInSince() {
        withdraw("c-1", 500, "EUR");
        deposit("c-2", 1_000, "EUR");

        assertThat(withdraw("c-1", 500, "EUR").ending()).isEqualTo(Ending.REFUSED);
        assertThat(balance("EUR")).isEqualTo(1_000);
    }

    @Test
    void aCurrencyThatIsNoneIsRefused() {
        assertThat(deposit("c-1", 1, "ABC").event()).contains("\"code\":\"unknown-currency\"");
        assertThat(setLimit("c-2", 1L, "ABC").event()).contains("\"code\":\"unknown-currency\"");
    }

    @Test
    void aDepositOverThePlayersLimitIsRefused() {
        setLimit("c-1", 1_000L, "EUR");
        deposit("c-2", 600, "EUR");

        var refused = deposit("c-3", 401, "EUR");

        assertThat(refused.event())
                .contains("\"code\":\"deposit-limit\"", "amount: 401 EUR (expected: at most 400 more this day)");
        assertThat(balance("EUR")).isEqualTo(600);
    }

    @Test
    void aLimitIsRaisedADayLaterAndCountsTheNewDayAlone() {
        setLimit("c-1", 1_000L, "EUR");
        deposit("c-2", 1_000, "EUR");

        var set = setLimit("c-3", 2_000L, "EUR");

        assertThat(data(set).get("effective").stringValue())
                .isEqualTo(now.plus(Duration.ofHours(24))
                        .truncatedTo(ChronoUnit.MICROS)
                        .toString());
        assertThat(deposit("c-4", 1, "EUR").ending()).isEqualTo(Ending.REFUSED);
        now = now.plus(Duration.ofHours(24));
        assertThat(deposit("c-5", 2_000, "EUR").ending()).isEqualTo(Ending.DONE);
    }

    @Test
    void whoeverIsExcludedDepositsNothingAndMayTakeOutWhatIsThere() {
        deposit("c-1", 1_000, "EUR");

        var excluded = run(new ExcludeRule(), "wallet.exclude", "c-2", new ExcludeRule.Wish(24));

        assertThat(excluded.event()).contains("\"type\":\"wallet.excluded\"");
        assertThat(deposit("c-3", 1, "EUR").event()).contains("\"code\":\"excluded\"");
        assertThat(withdraw("c-4", 1_000, "EUR").ending()).isEqualTo(Ending.DONE);
    }

    @Test
    void anExclusionForEverIsToldAsAMomentThatNobodyLivesToSee() {
        var excluded = run(new ExcludeRule(), "wallet.exclude", "c-1", new ExcludeRule.Wish(null));

        assertThat(data(excluded).get("until").stringValue()).isEqualTo("9999-12-31T23:59:59Z");
        now = now.plus(Duration.ofDays(36_500));
        assertThat(deposit("c-2", 1, "EUR").event()).contains("\"code\":\"excluded\"");
    }

    @Test
    void thePaceIsKeptAndAcknowledged() {
        run(new PaceRule(), "wallet.set-pace", "c-1", new PaceRule.Pace(60, 120));
        now = now.plus(Duration.ofMinutes(10));

        var acknowledged = run(new AcknowledgeRule(), "wallet.acknowledge-time", "c-2", Map.of());

        assertThat(acknowledged.event()).contains("\"type\":\"wallet.time-acknowledged\"");
        var limits = answered(
                "wallet.limits", new LimitsFunction(ledger.reads()).apply(new Query<>(request("q-1"), Map.of())));
        assertThat(limits.get("realityCheckSeconds").intValue()).isEqualTo(3_600);
        assertThat(limits.get("sessionLimitSeconds").intValue()).isEqualTo(7_200);
    }

    @Test
    void theLimitsQueryTellsEveryWish() {
        setLimit("c-1", 1_000L, "EUR");
        setLimit("c-2", 500L, "EUR");

        var limits = answered(
                "wallet.limits", new LimitsFunction(ledger.reads()).apply(new Query<>(request("q-1"), Map.of())));

        assertThat(limits.get("limits")
                        .valueStream()
                        .map(limit -> limit.get("amount").longValue()))
                .containsExactly(1_000L, 500L);
    }

    @Test
    void theBalanceQueryTellsEveryCurrency() {
        deposit("c-1", 1_000, "EUR");
        deposit("c-2", 5, "JPY");

        var answer = new BalanceFunction(ledger.reads()).apply(new Query<>(request("q-1"), Map.of()));

        assertThat(answered("wallet.balance", answer))
                .hasToString("{\"balances\":[{\"currency\":\"EUR\",\"amount\":1000,\"held\":0},"
                        + "{\"currency\":\"JPY\",\"amount\":5,\"held\":0}]}");
    }

    @Test
    void theStatementTellsTheNewestTransfersFirstAPageAtATime() {
        deposit("c-1", 1_000, "EUR");
        withdraw("c-2", 300, "EUR");
        deposit("c-3", 5, "JPY");

        var newest = statement(new StatementFunction.Page(2, null));
        var rest =
                statement(new StatementFunction.Page(2, newest.get(1).get("id").stringValue()));

        assertThat(newest.valueStream().map(line -> line.get("amount").longValue()))
                .containsExactly(5L, -300L);
        assertThat(newest.get(1).get("balance").longValue()).isEqualTo(700);
        assertThat(newest.get(1).get("code").stringValue()).isEqualTo("withdrawal");
        assertThat(newest.get(1).get("trace").stringValue()).isEqualTo(TRACE);
        assertThat(rest.valueStream().map(line -> line.get("amount").longValue()))
                .containsExactly(1_000L);
    }

    @Test
    void thePositionTellsForHowLongAndWithWhatResult() {
        deposit("c-1", 1_000, "EUR");
        now = now.plus(Duration.ofSeconds(90));

        var position = answered(
                "wallet.position",
                new PositionFunction(ledger.reads(), () -> now).apply(new Query<>(request("q-1"), Map.of())));

        assertThat(position.get("seconds").longValue()).isEqualTo(90);
        assertThat(position.get("currencies").get(0).get("staked").longValue()).isZero();
    }

    @Test
    void aSessionThatBeganByAClockThatIsAheadLastsForNoTimeYet() {
        deposit("c-1", 1_000, "EUR");
        now = now.minus(Duration.ofSeconds(90));

        var position = answered(
                "wallet.position",
                new PositionFunction(ledger.reads(), () -> now).apply(new Query<>(request("q-1"), Map.of())));

        assertThat(position.get("seconds").longValue()).isZero();
    }

    /// So that a deposit right behind it, in the same transaction, knows what was paid in before.
    @Test
    void settingALimitSaysSoToTheLedger() {
        var wish = new SetLimitRule.Wish("deposit", "day", 1_000L, "EUR");

        var need = new SetLimitRule().needs(new Command<>(request("c-1"), "f".repeat(64), TRACE, wish));

        assertThat(need.setsLimits()).isTrue();
    }

    @Test
    void theFirstDepositOffersLimits() {
        assertThat(offersLimits(deposit("c-1", 1_000, "EUR"))).isTrue();
    }

    @Test
    void theSecondDepositOffersNone() {
        deposit("c-1", 1_000, "EUR");

        assertThat(offersLimits(deposit("c-2", 1_000, "EUR"))).isFalse();
    }

    @Test
    void theFirstDepositOffersNoneToWhoeverHasALimit() {
        setLimit("c-1", 1_000L, "EUR");

        assertThat(offersLimits(deposit("c-2", 1_000, "EUR"))).isFalse();
    }

    @Test
    void limitsAreOfOneCurrencyAndAreOfferedInEach() {
        setLimit("c-1", 1_000L, "EUR");

        assertThat(offersLimits(deposit("c-2", 1_000, "JPY"))).isTrue();
    }

    @Test
    void anotherKindOfLimitIsNone() {
        run(new SetLimitRule(), "wallet.set-limit", "c-1", new SetLimitRule.Wish("loss", "day", 1_000L, "EUR"));

        assertThat(offersLimits(deposit("c-2", 1_000, "EUR"))).isTrue();
    }

    @Test
    void aRefusedDepositWasNotTheFirst() {
        run(new ExcludeRule(), "wallet.exclude", "c-1", new ExcludeRule.Wish(24));
        deposit("c-2", 1_000, "EUR");
        now = now.plus(Duration.ofHours(24));

        assertThat(offersLimits(deposit("c-3", 1_000, "EUR"))).isTrue();
    }

    @Test
    void aLargeDepositIsAFactOfItsOwn() {
        var outcome = deposit("c-1", LARGE, "EUR");

        assertThat(outcome.facts())
                .extracting(RecordedFact::type)
                .containsExactly("wallet.deposited", "wallet.large-deposit");
        assertThat(significant(outcome)).containsExactly("wallet.large-deposit");
    }

    @Test
    void aLargeWithdrawalIsAFactOfItsOwn() {
        deposit("c-1", LARGE, "EUR");

        assertThat(significant(withdraw("c-2", LARGE, "EUR"))).containsExactly("wallet.large-withdrawal");
    }

    @Test
    void whatIsNotLargeIsNone() {
        assertThat(significant(deposit("c-1", LARGE - 1, "EUR"))).isEmpty();
        assertThat(significant(withdraw("c-2", LARGE - 1, "EUR"))).isEmpty();
    }

    @Test
    void whatPlayersAllowThemselvesIsSignificant() {
        assertThat(significant(setLimit("c-1", 1_000L, "EUR"))).containsExactly("wallet.limit-set");
        assertThat(significant(run(
                        new SetLimitRule(),
                        "wallet.set-limit",
                        "c-2",
                        new SetLimitRule.Wish("deposit", "day", null, "EUR"))))
                .containsExactly("wallet.limit-set");
        assertThat(significant(run(new PaceRule(), "wallet.set-pace", "c-3", new PaceRule.Pace(60, null))))
                .containsExactly("wallet.pace-set");
        assertThat(significant(run(new ExcludeRule(), "wallet.exclude", "c-4", new ExcludeRule.Wish(null))))
                .containsExactly("wallet.excluded");
    }

    @Test
    void factsOfCommandsWithOneIdAreTheirPlayersOwn() {
        var mine = setLimit("c-1", 1_000L, "EUR").facts();

        var another = new PlayerId("p-" + UUID.randomUUID());
        var theirs = run(
                        another,
                        new SetLimitRule(),
                        "wallet.set-limit",
                        "c-1",
                        new SetLimitRule.Wish("deposit", "day", 1_000L, "EUR"))
                .facts();

        assertThat(mine)
                .extracting(RecordedFact::id)
                .doesNotContainAnyElementsOf(
                        theirs.stream().map(RecordedFact::id).toList());
    }

    private Outcome.Recorded deposit(String id, long amount, String currency) {
        return run(new MoveRule(Direction.DEPOSIT, LARGE), "wallet.deposit", id, new Money(amount, currency));
    }

    private Outcome.Recorded withdraw(String id, long amount, String currency) {
        return run(new MoveRule(Direction.WITHDRAWAL, LARGE), "wallet.withdraw", id, new Money(amount, currency));
    }

    private Outcome.Recorded setLimit(String id, long amount, String currency) {
        return run(
                new SetLimitRule(), "wallet.set-limit", id, new SetLimitRule.Wish("deposit", "day", amount, currency));
    }

    private static boolean offersLimits(Outcome.Recorded deposited) {
        return data(deposited).get("offerLimits").booleanValue();
    }

    /// The types of what a regulator is told; all of it is as the catalog says.
    private static List<String> significant(Outcome.Recorded outcome) {
        var told = new ArrayList<String>();
        for (var fact : outcome.facts()) {
            var listed = SIGNIFICANT.get(new EventType(fact.type()));
            if (listed != null) {
                assertThat(DataSchema.of(listed).check(JSON.readTree(fact.data())))
                        .isEmpty();
                told.add(fact.type());
            }
        }
        return told;
    }

    private <T> Outcome.Recorded run(Rule<T, Need, Book> rule, String type, String id, T data) {
        return run(player, rule, type, id, data);
    }

    private <T> Outcome.Recorded run(PlayerId player, Rule<T, Need, Book> rule, String type, String id, T data) {
        var request = new Request(player, id, new EventType(type), player.value(), now, null);
        var outcome = (Outcome.Recorded) batches.of(rule).apply(new Command<>(request, "f".repeat(64), TRACE, data));
        if (outcome.ending() == Ending.DONE) {
            var event = JSON.readTree(outcome.event());
            assertAsTheCatalogSays(event.get("type").stringValue(), event.get("data"));
        }
        return outcome;
    }

    private static JsonNode answered(String type, Answer answer) {
        var data = json(answer);
        assertAsTheCatalogSays(type, data);
        return data;
    }

    private static void assertAsTheCatalogSays(String type, JsonNode data) {
        assertThat(TOLD)
                .hasEntrySatisfying(
                        new EventType(type),
                        schema -> assertThat(schema.check(data))
                                .as("%s %s", type, data)
                                .isEmpty());
    }

    private JsonNode statement(StatementFunction.Page page) {
        return answered(
                        "wallet.statement",
                        new StatementFunction(ledger.reads()).apply(new Query<>(request("q-1"), page)))
                .get("transfers");
    }

    private Request request(String id) {
        return new Request(player, id, new EventType("wallet.balance"), player.value(), now, null);
    }

    private long balance(String currency) {
        return ledger.balance(AccountId.of(player, currency));
    }

    private static JsonNode data(Outcome.Recorded outcome) {
        return JSON.readTree(outcome.event()).get("data");
    }

    private static JsonNode json(Answer answer) {
        return JSON.valueToTree(((Answer.Done) answer).data());
    }
}
