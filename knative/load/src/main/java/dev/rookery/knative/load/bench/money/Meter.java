package dev.rookery.knative.load.bench.money;

import dev.rookery.knative.load.bench.money.MoneyReport.Costs;
import dev.rookery.knative.load.measure.ProcessFigures;
import java.time.Duration;
import java.util.Optional;

/// Processor time so far.
///
/// @param function its process
/// @param postgres the server and those that serve its connections, as far as they live
/// @param client   this program
record Meter(Duration function, Duration postgres, Duration client) {

    static Meter read(ProcessFigures function, ProcessFigures postgres) {
        return new Meter(
                function.cpu(),
                postgres.cpu().plus(ofChildren(postgres.pid())),
                ProcessFigures.ofThisOne().cpu());
    }

    /// What each bet has taken since then.
    Costs since(Meter before, long bets) {
        return new Costs(
                micros(function.minus(before.function), bets),
                micros(postgres.minus(before.postgres), bets),
                micros(client.minus(before.client), bets));
    }

    private static Duration ofChildren(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::children)
                .map(child -> child.info().totalCpuDuration())
                .flatMap(Optional::stream)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static double micros(Duration time, long bets) {
        return time.toNanos() / 1e3 / Math.max(1, bets);
    }
}
