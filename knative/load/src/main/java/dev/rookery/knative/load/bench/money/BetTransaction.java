package dev.rookery.knative.load.bench.money;

import dev.rookery.knative.load.measure.ClosedLoop;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/// What the function's transaction does to PostgreSQL for a number of bets, statement by statement, in its order
/// and with its rows; what does not depend on what was read is made up. Every second bet wins.
///
/// One connection, with players who are nobody else's; each call is a transaction.
final class BetTransaction implements ClosedLoop.Ask, AutoCloseable {

    private static final int STRIPES = 4;
    private static final String HOUSE = "house/EUR";
    private static final String TYPE = "rounds.bet";
    private static final String TERMS = "{\"direction\":\"under\",\"target\":5000}";
    /// About what the function's own texts weigh.
    private static final String EVENT =
            "{\"type\":\"rounds.settled\",\"outcome\":\"done\",\"data\":{" + "\"x\":\"" + "e".repeat(380) + "\"}}";

    private static final String FACTS = "[{\"type\":\"rounds.settled\",\"data\":{\"x\":\"" + "f".repeat(240) + "\"}}]";
    private static final String HASH = "5".repeat(64);

    private final Connection connection;
    private final List<String> players;
    private final int bets;
    private final Statements statements;
    private int next;
    private long transactions;

    /// @param players as many as there are bets, or more: each bets once in a transaction
    BetTransaction(Connection connection, List<String> players, int bets) throws SQLException {
        if (players.size() < bets) {
            throw new IllegalArgumentException(
                    "players: " + players.size() + " (expected: >= " + bets + ", one for each bet of a transaction)");
        }
        this.connection = connection;
        this.statements = new Statements(connection);
        this.players = List.copyOf(players);
        this.bets = bets;
        connection.setAutoCommit(false);
    }

    @Override
    public void ask() throws SQLException {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var batch = UUID.randomUUID();
        var made = bets();
        look(made);
        var before = read(made);
        record(made, batch);
        saveSeeds(made, before, now);
        saveRounds(made, before, now);
        savePlayers(made, now);
        saveAccounts(made, before);
        addActivity(made, now);
        saveShared(made, before, batch, now);
        connection.commit();
        transactions++;
    }

    /// So far; asked when nobody calls.
    long transactions() {
        return transactions;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /// @param round its id, which is the command's too
    private record Bet(String player, String round, boolean isWon) {

        String source() {
            return "/players/" + player;
        }

        String account() {
            return "player/" + player + "/EUR";
        }

        long payout() {
            return isWon ? 1 : 0;
        }
    }

    /// @param transfers numbers that are taken
    private record Before(Map<String, Account> accounts, Map<String, Long> nonces, List<Long> transfers) {

        Account account(Bet bet) {
            return of(accounts, bet.account());
        }

        long nonce(Bet bet) {
            return of(nonces, bet.player());
        }
    }

    private record Account(long balance, long version) {

        Account moved(long amount) {
            return new Account(balance + amount, version + 1);
        }

        Account after(Bet bet) {
            var staked = moved(-1);
            return bet.isWon() ? staked.moved(bet.payout()) : staked;
        }
    }

    private record Transfer(
            Bet bet, long id, String debit, String credit, String code, Account debited, Account credited) {}

    private List<Bet> bets() {
        var made = new ArrayList<Bet>();
        for (int i = 0; i < bets; i++) {
            made.add(new Bet(
                    players.get(next++ % players.size()), UUID.randomUUID().toString(), next % 2 == 0));
        }
        return made;
    }

    private void look(List<Bet> made) throws SQLException {
        statements.query(BetStatements.LOCK_PLAYERS, row -> null, (Object) texts(made, Bet::player));
        statements.query(
                BetStatements.LOOK,
                row -> null,
                texts(made, Bet::source),
                texts(made, Bet::round),
                texts(made, Bet::player));
        statements.query(BetStatements.OPEN_ROUNDS, row -> null, (Object) texts(made, Bet::player));
    }

    private Before read(List<Bet> made) throws SQLException {
        var nonces = new HashMap<String, Long>();
        statements.query(
                BetStatements.SEEDS, row -> nonces.put(row.getString("player"), row.getLong("next_nonce")), (Object)
                        texts(made, Bet::player));
        var asked = new ArrayList<>(made.stream().map(Bet::account).toList());
        asked.add(HOUSE);
        var accounts = new HashMap<String, Account>();
        var transfers = new ArrayList<Long>();
        statements.query(
                BetStatements.ACCOUNTS,
                row -> row.getString("id") == null
                        ? transfers.add(row.getLong("transfer"))
                        : accounts.put(row.getString("id"), account(row)),
                asked.toArray(String[]::new),
                2 * made.size());
        return new Before(accounts, nonces, transfers);
    }

    private void record(List<Bet> made, UUID batch) throws SQLException {
        statements.execute(
                BetStatements.RECORD,
                texts(made, Bet::source),
                texts(made, Bet::round),
                same(made, HASH),
                same(made, TYPE),
                same(made, "done"),
                texts(made, Bet::round),
                same(made, EVENT),
                same(made, FACTS),
                same(made, "[]"),
                same(made, "[]"),
                new String[made.size()],
                new Long[made.size()],
                new String[made.size()],
                made.stream().map(_ -> batch).toArray(UUID[]::new),
                texts(made, Bet::source),
                texts(made, Bet::round),
                texts(made, Bet::player));
    }

    private void saveSeeds(List<Bet> made, Before before, Instant now) throws SQLException {
        statements.execute(
                BetStatements.SAVE_SEEDS,
                now.toString(),
                texts(made, Bet::player),
                numbers(made, bet -> 1L),
                same(made, ScratchLedger.SERVER_SEED),
                same(made, ScratchLedger.COMMITMENT),
                same(made, ScratchLedger.CLIENT_SEED),
                numbers(made, bet -> before.nonce(bet) + 1),
                same(made, "used"));
    }

    private void saveRounds(List<Bet> made, Before before, Instant now) throws SQLException {
        statements.execute(
                BetStatements.SAVE_ROUNDS,
                texts(made, Bet::round),
                texts(made, Bet::player),
                same(made, "EUR"),
                same(made, "dice"),
                same(made, TERMS),
                numbers(made, bet -> 1L),
                numbers(made, bet -> 1L),
                numbers(made, bet -> 1L),
                numbers(made, before::nonce),
                same(made, "settled"),
                numbers(made, Bet::payout),
                same(made, now.toString()),
                same(made, now.plus(1, ChronoUnit.DAYS).toString()),
                same(made, now.toString()),
                same(made, "player"));
    }

    /// When they were last seen, which is what every bet changes of its player.
    private void savePlayers(List<Bet> made, Instant now) throws SQLException {
        statements.execute(
                BetStatements.SAVE_PLAYERS,
                texts(made, Bet::player),
                new String[made.size()],
                made.stream().map(_ -> false).toArray(Boolean[]::new),
                same(made, now.toString()),
                same(made, now.toString()),
                new String[made.size()],
                new Integer[made.size()],
                new Integer[made.size()]);
    }

    private void saveAccounts(List<Bet> made, Before before) throws SQLException {
        int saved = statements.execute(
                BetStatements.SAVE_ACCOUNTS,
                texts(made, Bet::account),
                numbers(made, bet -> before.account(bet).after(bet).balance()),
                numbers(made, bet -> 0L),
                numbers(made, bet -> before.account(bet).after(bet).version()),
                numbers(made, bet -> 0L),
                numbers(made, bet -> before.account(bet).version()));
        if (saved != made.size()) {
            throw new IllegalStateException("accounts: " + saved + " were saved (expected: " + made.size() + ")");
        }
    }

    private void addActivity(List<Bet> made, Instant now) throws SQLException {
        statements.execute(
                BetStatements.ADD_ACTIVITY,
                now.toString().substring(0, "2026-01-01".length()),
                texts(made, Bet::account),
                numbers(made, bet -> 0L),
                numbers(made, bet -> 1L),
                numbers(made, Bet::payout));
    }

    private void saveShared(List<Bet> made, Before before, UUID batch, Instant now) throws SQLException {
        int stripe = ThreadLocalRandom.current().nextInt(STRIPES);
        var pots = new HashMap<String, Account>();
        var heads = new ArrayList<Long>();
        statements.query(
                BetStatements.LOCK_SHARED,
                row -> row.getString("id") == null
                        ? heads.add(row.getLong("n"))
                        : pots.put(row.getString("id"), account(row)),
                new String[] {HOUSE},
                stripe);
        var transfers = transfers(made, before, of(pots, HOUSE));
        var last = transfers.getLast();
        var house = last.debit().equals(HOUSE) ? last.debited() : last.credited();
        long link = heads.getFirst() + 1;
        statements.execute(
                BetStatements.SAVE_SHARED,
                new String[] {HOUSE},
                new Long[] {house.balance()},
                new Long[] {0L},
                new Long[] {house.version()},
                link,
                HASH,
                stripe,
                stripe,
                link,
                now.toString(),
                batch,
                transfers.size(),
                made.size(),
                HASH,
                now.toString(),
                batch,
                numbers(transfers, Transfer::id),
                texts(transfers, Transfer::debit),
                texts(transfers, Transfer::credit),
                numbers(transfers, transfer -> 1L),
                same(transfers, "EUR"),
                texts(transfers, Transfer::code),
                texts(transfers, transfer -> transfer.bet().round()),
                numbers(transfers, transfer -> transfer.debited().balance()),
                numbers(transfers, transfer -> transfer.credited().balance()),
                numbers(transfers, transfer -> transfer.debited().version()),
                numbers(transfers, transfer -> transfer.credited().version()),
                texts(transfers, transfer -> transfer.bet().source()),
                texts(transfers, transfer -> transfer.bet().round()),
                same(transfers, HASH.substring(32)));
    }

    private static List<Transfer> transfers(List<Bet> made, Before before, Account houseBefore) {
        var ids = before.transfers().iterator();
        var transfers = new ArrayList<Transfer>();
        var house = houseBefore;
        for (var bet : made) {
            var player = before.account(bet).moved(-1);
            house = house.moved(1);
            transfers.add(new Transfer(bet, ids.next(), bet.account(), HOUSE, "stake", player, house));
            if (bet.isWon()) {
                player = player.moved(bet.payout());
                house = house.moved(-bet.payout());
                transfers.add(new Transfer(bet, ids.next(), HOUSE, bet.account(), "payout", house, player));
            }
        }
        return transfers;
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(row.getLong("balance"), row.getLong("version"));
    }

    private static <V> V of(Map<String, V> found, String id) {
        var value = found.get(id);
        if (value == null) {
            throw new IllegalStateException(id + " is not there (expected: one of " + found.size() + ")");
        }
        return value;
    }

    private static <T> String[] texts(List<T> rows, Function<T, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    private static <T> Long[] numbers(List<T> rows, Function<T, Long> value) {
        return rows.stream().map(value).toArray(Long[]::new);
    }

    private static String[] same(List<?> rows, String value) {
        return rows.stream().map(_ -> value).toArray(String[]::new);
    }
}
