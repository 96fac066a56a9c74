package dev.rookery.knative.load.bench.money;

import dev.rookery.knative.load.bench.money.MoneyReport.Speed;
import dev.rookery.knative.load.measure.ClosedLoop;
import dev.rookery.knative.load.measure.ProcessFigures;
import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// How fast a function takes bets when as many are delivered as it takes at a time.
final class FunctionLoop {

    private final RunningPlatform.Child function;
    private final ProcessFigures postgres;
    private final Endpoint endpoint;
    private final Bettors bettors;
    private final int connections;

    /// @param function the process behind the endpoint
    FunctionLoop(
            RunningPlatform.Child function,
            ProcessFigures postgres,
            Endpoint endpoint,
            Bettors bettors,
            int connections) {
        this.function = function;
        this.postgres = postgres;
        this.endpoint = endpoint;
        this.bettors = bettors;
        this.connections = connections;
    }

    /// Blocks until it is over.
    ///
    /// @param players whom a connection bets for, in turn
    Speed measure(Duration length, IntFunction<List<String>> players) {
        var process = new ProcessFigures(function.pid());
        var open = new ArrayList<Endpoint.Connection>();
        try (var http = HttpClient.newHttpClient()) {
            var asks = new ArrayList<ClosedLoop.Ask>();
            for (int i = 0; i < connections; i++) {
                var connection = endpoint.open();
                open.add(connection);
                asks.add(new Betting(connection, players.apply(i)));
            }
            var sizes = BatchSizes.read(http, function.management());
            var meter = Meter.read(process, postgres);
            long taken = endpoint.taken();
            var speed = new ClosedLoop(length).run(asks);
            var costs = Meter.read(process, postgres).since(meter, endpoint.taken() - taken);
            double batch = BatchSizes.read(http, function.management()).averageSince(sizes);
            return new Speed(connections, batch, speed.perSecond(), speed.latencies(), costs);
        } catch (IOException e) {
            throw new IllegalStateException("the function cannot be reached: " + e, e);
        } finally {
            open.forEach(FunctionLoop::hangUp);
        }
    }

    private static void hangUp(Endpoint.Connection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One connection.
    private final class Betting implements ClosedLoop.Ask {

        private final Endpoint.Connection connection;
        private final List<String> players;
        private int next;

        Betting(Endpoint.Connection connection, List<String> players) {
            this.connection = connection;
            this.players = players;
        }

        @Override
        public void ask() throws IOException, InterruptedException {
            connection.deliver(bettors.bet(players.get(next++ % players.size())));
        }
    }
}
