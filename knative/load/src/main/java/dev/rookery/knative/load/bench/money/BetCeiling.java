package dev.rookery.knative.load.bench.money;

import dev.rookery.knative.load.bench.money.MoneyReport.Speed;
import dev.rookery.knative.load.measure.ClosedLoop;
import dev.rookery.knative.load.measure.ProcessFigures;
import dev.rookery.knative.load.platform.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How fast PostgreSQL takes bets from a bare loop: the same rows without JSON, hashes, HTTP, Redis and Kafka.
///
/// @param length  of each measurement
/// @param players of all connections together
record BetCeiling(Database database, ProcessFigures postgres, Duration length, int players) {

    /// Blocks until it is measured; the rows are gone then.
    ///
    /// @param bets of a transaction
    Speed measure(int connections, int bets) {
        try (var scratch = ScratchLedger.open(database, players)) {
            return measure(scratch, connections, bets);
        } catch (SQLException e) {
            throw database.failed("PostgreSQL cannot be measured", e);
        }
    }

    private Speed measure(ScratchLedger scratch, int connections, int bets) throws SQLException {
        var loops = new ArrayList<BetTransaction>();
        try {
            for (int i = 0; i < connections; i++) {
                loops.add(new BetTransaction(scratch.connect(), playersOf(i, connections), bets));
            }
            var process = ProcessFigures.ofThisOne();
            var before = Meter.read(process, postgres);
            var speed = new ClosedLoop(length).run(loops);
            long transactions =
                    loops.stream().mapToLong(BetTransaction::transactions).sum();
            var costs = Meter.read(process, postgres).since(before, transactions * bets);
            return new Speed(
                    connections,
                    bets,
                    speed.perSecond() * bets,
                    speed.latencies(),
                    new MoneyReport.Costs(0, costs.postgres(), costs.client()));
        } finally {
            for (var loop : loops) {
                loop.close();
            }
        }
    }

    /// Which are no other one's.
    private List<String> playersOf(int connection, int connections) {
        var mine = new ArrayList<String>();
        for (int i = connection; i < players; i += connections) {
            mine.add("p-" + i);
        }
        return mine;
    }
}
