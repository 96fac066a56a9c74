package dev.rookery.knative.load.bench.money;

import dev.rookery.knative.load.platform.Database;
import java.sql.SQLException;
import java.util.List;

/// What became of the bets, read from the database: each is to have one outcome, one round and one stake.
///
/// @param bets    that were made
/// @param done    outcomes: of bets that were carried out
/// @param notDone outcomes: of bets that were refused or failed
/// @param rounds  that are settled
/// @param stakes  transfers
public record Audit(long bets, long done, long notDone, long rounds, long stakes) {

    private static final String OUTCOMES = """
            select count(*) filter (where ending = 'done'), count(*) filter (where ending <> 'done')
            from rounds.inbox where source = any (?) and type = 'rounds.bet'""";
    private static final String ROUNDS =
            "select count(*) from rounds.round where player = any (?) and state = 'settled'";
    private static final String STAKES =
            "select count(*) from ledger.transfer where debit = any (?) and code = 'stake'";

    /// @param players who made them, and no others
    static Audit of(Database database, List<String> players, long bets) {
        try (var connection = database.connect();
                var outcomes = connection.prepareStatement(OUTCOMES);
                var rounds = connection.prepareStatement(ROUNDS);
                var stakes = connection.prepareStatement(STAKES)) {
            outcomes.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            players.stream().map(player -> "/players/" + player).toArray()));
            rounds.setArray(1, connection.createArrayOf("text", players.toArray()));
            stakes.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            players.stream()
                                    .map(player -> "player/" + player + "/EUR")
                                    .toArray()));
            try (var outcome = outcomes.executeQuery();
                    var round = rounds.executeQuery();
                    var stake = stakes.executeQuery()) {
                outcome.next();
                round.next();
                stake.next();
                return new Audit(bets, outcome.getLong(1), outcome.getLong(2), round.getLong(1), stake.getLong(1));
            }
        } catch (SQLException e) {
            throw database.failed("bets cannot be counted", e);
        }
    }

    /// Whether no bet got lost, was refused, or was carried out twice.
    boolean isExact() {
        return notDone == 0 && done == bets && rounds == bets && stakes == bets;
    }

    @Override
    public String toString() {
        return bets + " bets: " + done + " done, " + notDone + " refused or failed, " + rounds + " rounds, " + stakes
                + " stakes";
    }
}
