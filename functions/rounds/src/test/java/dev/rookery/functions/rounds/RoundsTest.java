package dev.rookery.functions.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.catalog.CatalogFolder;
import dev.rookery.eventing.catalog.DataSchema;
import dev.rookery.eventing.contract.Ending;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.functions.games.Move;
import dev.rookery.functions.ledger.AccountId;
import dev.rookery.functions.ledger.LedgerDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// Bets, moves and deadlines on the real tables.
class RoundsTest {

    @RegisterExtension
    static final LedgerDatabase database = LedgerDatabase.of("rounds");

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());
    private final AccountId account = AccountId.of(player, "EUR");
    private Instant now = Instant.now();
    private final Table table = new Table(database, () -> now);

    @AfterEach
    void end() {
        table.close();
    }

    @Test
    void diceAreOverAtOnceAndTheMoneyHasMoved() {
        table.seat(player, 10_000);

        var settled = table.dice(player, "c-1", 1_000);

        var told = Table.data(settled);
        assertThat(settled.event()).contains("\"type\":\"rounds.settled\"", "\"state\":\"settled\"");
        long payout = told.get("payout").longValue();
        assertThat(payout).isIn(0L, 1_980L);
        assertThat(database.balance(account)).isEqualTo(9_000 + payout);
        assertThat(told.get("available").longValue()).isEqualTo(9_000 + payout);
        assertThat(settled.facts()).extracting(fact -> fact.type()).containsExactly("rounds.settled");
    }

    @Test
    void theStakeOfAnOpenRoundIsHeldWithWhatTheHouseMayHaveToPay() {
        table.seat(player, 10_000);

        var opened = table.mines(player, "c-1", 1_000);

        assertThat(opened.event())
                .contains("\"type\":\"rounds.opened\"", "\"state\":\"open\"")
                .doesNotContain("mined");
        assertThat(database.balance(account)).isEqualTo(10_000);
        assertThat(held(account)).isEqualTo(1_000);
        assertThat(held(Dealer.house("EUR"))).isGreaterThan(1_000);
        assertThat(Table.data(opened).get("available").longValue()).isEqualTo(9_000);
    }

    @Test
    void whoeverLeavesInTimeIsPaid() {
        table.seat(player, 10_000);
        var round = Table.round(table.mines(player, "c-1", 1_000));
        var moved = table.move(
                player, "c-2", round, Move.reveal(Table.safeTiles(round, 0).getFirst()));

        var settled = table.move(player, "c-3", round, Move.cashOut());

        long cashOut = Table.data(moved).get("cashOut").longValue();
        assertThat(cashOut).isEqualTo(1_125);
        assertThat(Table.data(settled).get("payout").longValue()).isEqualTo(cashOut);
        assertThat(Table.data(settled).get("endedBy").stringValue()).isEqualTo("player");
        assertThat(database.balance(account)).isEqualTo(9_000 + cashOut);
        assertThat(held(account)).isZero();
    }

    @Test
    void whoeverFindsAMineLosesTheStake() {
        table.seat(player, 10_000);
        long house = database.balance(Dealer.house("EUR"));
        var round = Table.round(table.mines(player, "c-1", 1_000));

        var settled = table.move(
                player, "c-2", round, Move.reveal(Table.minedTiles(round, 0).getFirst()));

        assertThat(Table.data(settled).get("payout").longValue()).isZero();
        assertThat(Table.data(settled).get("view").get("mined").size()).isEqualTo(3);
        assertThat(database.balance(account)).isEqualTo(9_000);
        assertThat(database.balance(Dealer.house("EUR"))).isEqualTo(house + 1_000);
    }

    /// The pod that opened it is gone: nothing of a round is kept in memory.
    @Test
    void anInterruptedRoundGoesOnWithTheSameDraw() {
        table.seat(player, 10_000);
        var round = Table.round(table.mines(player, "c-1", 1_000));
        var safe = Table.safeTiles(round, 0);
        table.move(player, "c-2", round, Move.reveal(safe.getFirst()));

        try (var other = new Table(database, () -> now)) {
            var current = other.current(player).get("rounds").get(0);
            assertThat(current.get("round").stringValue()).isEqualTo(round);
            assertThat(current.get("view").get("revealed").get(0).intValue()).isEqualTo(safe.getFirst());
            assertThat(current.toString()).doesNotContain("mined");

            var moved = other.move(player, "c-3", round, Move.reveal(safe.get(1)));

            assertThat(moved.event()).contains("\"type\":\"rounds.moved\"");
        }
    }

    @Test
    void aMoveThatComesTwiceIsMadeOnce() {
        table.seat(player, 10_000);
        var round = Table.round(table.mines(player, "c-1", 1_000));
        var reveal = Move.reveal(Table.safeTiles(round, 0).getFirst());
        var first = table.move(player, "c-2", round, reveal);

        var again = table.move(player, "c-2", round, reveal);

        assertThat(again.event()).isEqualTo(first.event());
        assertThat(table.current(player).get("rounds").get(0).get("moves").size())
                .isEqualTo(1);
    }

    @Test
    void anIllegalMoveIsRefusedAndTheRoundGoesOn() {
        table.seat(player, 10_000);
        var round = Table.round(table.mines(player, "c-1", 1_000));

        var refused = table.move(player, "c-2", round, Move.cashOut());

        assertThat(refused.event()).contains("\"code\":\"illegal-move\"");
        assertThat(table.current(player).get("rounds").get(0).get("moves").size())
                .isZero();
    }

    @Test
    void anothersRoundIsNone() {
        table.seat(player, 10_000);
        var round = Table.round(table.mines(player, "c-1", 1_000));

        assertThat(table.move(new PlayerId("thief-" + UUID.randomUUID()), "c-1", round, Move.cashOut())
                        .event())
                .contains("\"code\":\"no-round\"");
    }

    @Test
    void aPlayerWhoDoesNotComeBackGetsTheStakeBack() {
        table.seat(player, 10_000);
        var round = Table.round(table.mines(player, "c-1", 1_000));
        now = now.plus(Table.DEADLINE);

        assertThat(table.move(player, "c-2", round, Move.cashOut()).event()).contains("\"code\":\"deadline-passed\"");
        var expired = table.expire(player, "c-3", round);

        assertThat(expired.event()).contains("\"state\":\"void\"", "\"endedBy\":\"deadline\"");
        assertThat(database.balance(account)).isEqualTo(10_000);
        assertThat(held(account)).isZero();
    }

    @Test
    void aPlayerWhoDoesNotComeBackGetsTheWinningsWhenTheyAreMore() {
        table.seat(player, 10_000);
        var round = Table.round(table.mines(player, "c-1", 1_000));
        table.move(player, "c-2", round, Move.reveal(Table.safeTiles(round, 0).getFirst()));
        now = now.plus(Table.DEADLINE);

        var expired = table.expire(player, "c-3", round);

        assertThat(expired.event()).contains("\"state\":\"settled\"", "\"endedBy\":\"deadline\"", "\"payout\":1125");
        assertThat(database.balance(account)).isEqualTo(10_125);
    }

    @Test
    void aRoundIsNotEndedForThePlayerBeforeItsDeadline() {
        table.seat(player, 10_000);
        var round = Table.round(table.mines(player, "c-1", 1_000));
        now = now.plus(Table.DEADLINE).minusMillis(1);

        assertThat(table.expire(player, "c-2", round).event()).contains("\"code\":\"not-due\"");
    }

    @Test
    void aRoundThatHasEndedStaysSo() {
        table.seat(player, 10_000);
        table.dice(player, "c-1", 1_000);

        assertThatThrownBy(() ->
                        database.superuser().execute("update round set payout = 0 where player = ?", player.value()))
                .hasMessageContaining("is settled (expected: open)");
        assertThatThrownBy(() -> database.superuser().execute("delete from round"))
                .hasMessageContaining("round is append-only: delete refused");
    }

    @Test
    void oneRoundOfAGameAtATime() {
        table.seat(player, 10_000);
        table.mines(player, "c-1", 1_000);

        assertThat(table.mines(player, "c-2", 1_000).event()).contains("\"code\":\"round-open\"");
        assertThat(table.dice(player, "c-3", 1_000).ending()).isEqualTo(Ending.DONE);
    }

    @Test
    void aBetIsRefusedForWhatIsWrongWithIt() {
        table.seat(player, 10_000);

        assertThat(table.dice(player, "c-1", 10_001).event()).contains("\"code\":\"insufficient-funds\"");
        assertThat(table.bet(player, "c-2", "roulette", "{}", 1).event()).contains("\"code\":\"unknown-game\"");
        assertThat(table.bet(player, "c-3", "mines", "{\"mines\":25}", 1).event())
                .contains("\"code\":\"illegal-terms\"");
        assertThat(table.bet(player, "c-4", "mines", "{\"mimes\":3}", 1).event())
                .contains("\"code\":\"illegal-terms\"");
        assertThat(table.bet(player, "c-6", "dice", "{\"direction\":null,\"target\":50}", 1)
                        .event())
                .contains("\"code\":\"illegal-terms\"");
        assertThat(table.bet(player, "c-5", "mines", "{\"mines\":12}", 1_000).event())
                .contains("\"code\":\"house-limit\"");
        assertThat(database.balance(account)).isEqualTo(10_000);
    }

    @Test
    void aLargeWinIsAFactOfItsOwn() {
        table.seat(player, 1_000_000);
        var round = Table.round(table.mines(player, "c-1", 4_900));
        table.move(player, "c-2", round, Move.reveal(Table.safeTiles(round, 0).getFirst()));

        var settled = table.move(player, "c-3", round, Move.cashOut());

        assertThat(settled.facts())
                .extracting(fact -> fact.type())
                .containsExactly("rounds.settled", "rounds.large-win");
        var listed = CatalogFolder.read(Path.of("src/main/resources/catalog"))
                .significant()
                .values();
        assertThat(listed).singleElement().satisfies(significant -> {
            var won = settled.facts().getLast();
            assertThat(significant.type()).hasToString(won.type());
            assertThat(DataSchema.of(significant).check(JsonMapper.shared().readTree(won.data())))
                    .isEmpty();
        });
    }

    /// What PostgreSQL cannot take would be our failure, and not the player's mistake.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rounds.verify  | {\"round\": \"r\\u0000\"}               | /round",
                "rounds.expire  | {\"round\": \"r\\u0000\"}               | /round",
                "rounds.history | {\"before\": \"r\\u0000\", \"limit\": 1} | /before",
            })
    void aRoundsNameIsMadeOfPlainCharacters(String type, String data, String place) {
        var catalog = CatalogFolder.read(Path.of("src/main/resources/catalog"));
        var schema = DataSchema.of(catalog.find(new EventType(type)).orElseThrow());

        assertThat(schema.check(JsonMapper.shared().readTree(data)))
                .hasValueSatisfying(complaint -> assertThat(complaint.pointer()).isEqualTo(place));
    }

    @Test
    void theHistoryTellsTheNewestRoundsFirstAPageAtATime() {
        table.seat(player, 10_000);
        for (int n = 1; n <= 3; n++) {
            now = now.plusSeconds(1);
            table.dice(player, "c-" + n, 100L * n);
        }

        var newest = table.history(player, new HistoryFunction.Page(2, null)).get("rounds");
        var rest = table.history(
                        player,
                        new HistoryFunction.Page(2, newest.get(1).get("round").stringValue()))
                .get("rounds");

        assertThat(newest.valueStream().map(round -> round.get("stake").longValue()))
                .containsExactly(300L, 200L);
        assertThat(rest.valueStream().map(round -> round.get("stake").longValue()))
                .containsExactly(100L);
        assertThat(newest.get(0).get("view").has("roll")).isTrue();
    }

    private static long held(AccountId id) {
        return database.superuser()
                .fetchSingle("select held from account where id = ?", id.value())
                .get(0, Long.class);
    }
}
