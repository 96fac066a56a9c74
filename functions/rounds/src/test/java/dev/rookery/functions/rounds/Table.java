package dev.rookery.functions.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.catalog.CatalogFolder;
import dev.rookery.eventing.catalog.DataSchema;
import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.Ending;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.delivery.batch.BatchSettings;
import dev.rookery.eventing.delivery.batch.Batches;
import dev.rookery.eventing.delivery.batch.Rule;
import dev.rookery.functions.games.Mines;
import dev.rookery.functions.games.Move;
import dev.rookery.functions.games.Standing;
import dev.rookery.functions.games.fair.ClientSeed;
import dev.rookery.functions.games.fair.RoundSeed;
import dev.rookery.functions.games.fair.ServerSeed;
import dev.rookery.functions.ledger.AccountId;
import dev.rookery.functions.ledger.AccountKind;
import dev.rookery.functions.ledger.Ledger;
import dev.rookery.functions.ledger.LedgerDatabase;
import dev.rookery.functions.ledger.LedgerSettings;
import dev.rookery.functions.ledger.Transfer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One pod of the function, with rounds whose draws a test knows.
final class Table implements AutoCloseable {

    static final long FUNDS = 1_000_000_000;
    static final Duration DEADLINE = Duration.ofMinutes(10);

    private static final JsonMapper JSON = JsonMapper.shared();
    /// What players are told, as the catalog file says.
    private static final Map<EventType, DataSchema> TOLD = CatalogFolder.told(Path.of("src/main/resources/catalog"));
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final ServerSeed SERVER = ServerSeed.parse("ab".repeat(32));
    private static final ClientSeed CLIENT = new ClientSeed("lucky");
    private static final RoundsSettings SETTINGS = new RoundsSettings(DEADLINE, 5_000);

    private final LedgerDatabase database;
    private final InstantSource clock;
    private final Batches<RoundNeed, Sitting> batches;

    Table(LedgerDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.batches = database.batching(clock, new BatchSettings(50, 1, Duration.ofMillis(2)))
                .on(new Rounds(new Ledger(clock, new LedgerSettings(FUNDS, 4))));
    }

    @Override
    public void close() {
        batches.close();
    }

    /// With money and a seed in use.
    void seat(PlayerId player, long amount) {
        carriedOut(new Gift(amount), player, "gift", Map.of());
        commitSeed(player, "commit-1");
        useSeed(player, "use-1");
    }

    Outcome.Recorded commitSeed(PlayerId player, String id) {
        return run(new CommitSeedRule(() -> SERVER), player, id, Map.of());
    }

    Outcome.Recorded useSeed(PlayerId player, String id) {
        return run(new UseSeedRule(), player, id, new UseSeedRule.Added(CLIENT.value()));
    }

    Outcome.Recorded dice(PlayerId player, String id, long stake) {
        return bet(player, id, "dice", "{\"direction\":\"under\",\"target\":5000}", stake);
    }

    Outcome.Recorded mines(PlayerId player, String id, long stake) {
        return bet(player, id, "mines", "{\"mines\":3}", stake);
    }

    Outcome.Recorded bet(PlayerId player, String id, String game, String terms, long stake) {
        return run(new BetRule(SETTINGS), player, id, new BetRule.Bet(game, JSON.readTree(terms), stake, "EUR"));
    }

    Outcome.Recorded move(PlayerId player, String id, String round, Move move) {
        return run(new MoveRule(SETTINGS), player, id, new MoveRule.Made(round, move));
    }

    Outcome.Recorded expire(PlayerId player, String id, String round) {
        return run(new ExpireRule(SETTINGS), player, id, new ExpireRule.Due(round));
    }

    JsonNode current(PlayerId player) {
        return done("rounds.current", new CurrentFunction(database.reads()), player, Map.of());
    }

    JsonNode history(PlayerId player, HistoryFunction.Page page) {
        return done("rounds.history", new HistoryFunction(database.reads()), player, page);
    }

    Answer verify(PlayerId player, String round) {
        var answer = new VerifyFunction(database.reads())
                .apply(new Query<>(request(player, "q-1"), new VerifyFunction.Asked(round)));
        if (answer instanceof Answer.Done) {
            assertAsTheCatalogSays("rounds.verify", json(answer));
        }
        return answer;
    }

    /// What it comes to is what the catalog says.
    <T> Outcome.Recorded run(Rule<T, RoundNeed, Sitting> rule, PlayerId player, String id, T data) {
        var outcome = carriedOut(rule, player, id, data);
        if (outcome.ending() == Ending.DONE) {
            assertAsTheCatalogSays(JSON.readTree(outcome.event()).get("type").stringValue(), data(outcome));
        }
        return outcome;
    }

    private <T> Outcome.Recorded carriedOut(Rule<T, RoundNeed, Sitting> rule, PlayerId player, String id, T data) {
        return (Outcome.Recorded)
                batches.of(rule).apply(new Command<>(request(player, id), "f".repeat(64), TRACE, data));
    }

    static JsonNode data(Outcome.Recorded outcome) {
        return JSON.readTree(outcome.event()).get("data");
    }

    static String round(Outcome.Recorded outcome) {
        return data(outcome).get("round").stringValue();
    }

    static JsonNode json(Answer answer) {
        return JSON.valueToTree(((Answer.Done) answer).data());
    }

    /// Tiles of a round of three mines.
    static List<Integer> safeTiles(String round, long nonce) {
        return tiles(round, nonce, false);
    }

    static List<Integer> minedTiles(String round, long nonce) {
        return tiles(round, nonce, true);
    }

    private static List<Integer> tiles(String round, long nonce, boolean mined) {
        var seed = new RoundSeed(SERVER, CLIENT, nonce, round);
        return IntStream.range(0, 25)
                .filter(tile ->
                        mined == new Mines(3).play(100, List.of(Move.reveal(tile)), seed) instanceof Standing.Over)
                .boxed()
                .toList();
    }

    private <T> JsonNode done(String type, Function<Query<T>, Answer> query, PlayerId player, T data) {
        var answer = json(query.apply(new Query<>(request(player, "q-1"), data)));
        assertAsTheCatalogSays(type, answer);
        return answer;
    }

    private static void assertAsTheCatalogSays(String type, JsonNode data) {
        assertThat(TOLD)
                .hasEntrySatisfying(
                        new EventType(type),
                        schema -> assertThat(schema.check(data))
                                .as("%s %s", type, data)
                                .isEmpty());
    }

    private Request request(PlayerId player, String id) {
        return new Request(player, id, new EventType("rounds.bet"), player.value(), clock.instant(), null);
    }

    private record Gift(long amount) implements Rule<Map<String, Object>, RoundNeed, Sitting> {

        @Override
        public RoundNeed needs(Command<Map<String, Object>> command) {
            return new RoundNeed(command.request().player(), Set.of("EUR"));
        }

        @Override
        public Decision decide(Command<Map<String, Object>> command, Sitting sitting) {
            var player = command.request().player();
            sitting.book()
                    .move(
                            command,
                            AccountId.of(AccountKind.CASH_IN, "EUR"),
                            AccountId.of(player, "EUR"),
                            amount,
                            Transfer.Code.DEPOSIT,
                            null);
            return new Decision.Done(new EventType("rounds.given"), amount, List.of());
        }
    }
}
