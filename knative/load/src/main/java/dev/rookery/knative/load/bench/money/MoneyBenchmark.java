package dev.rookery.knative.load.bench.money;

import dev.rookery.knative.load.bench.money.MoneyReport.Speed;
import dev.rookery.knative.load.measure.Machine;
import dev.rookery.knative.load.measure.OpenLoop;
import dev.rookery.knative.load.measure.ProcessFigures;
import dev.rookery.knative.load.measure.Step;
import dev.rookery.knative.load.platform.Database;
import dev.rookery.knative.local.RunningPlatform;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The order of things: players are made ready; then the function's endpoint, with cold accounts, with a hot
/// one, and at steady rates; then the whole trip; then all bets are looked for in the database; and last what
/// PostgreSQL does at best with the same rows.
final class MoneyBenchmark {

    private static final String WALLET = "wallet";
    private static final String ROUNDS = "rounds";
    private static final String POSTGRES = "postgres";

    private final RunningPlatform platform;
    private final MoneyPlan plan;
    private final Consumer<String> progress;
    private final Database database;
    private final Bettors bettors;
    private final Endpoint rounds;
    private final FunctionLoop loop;

    /// @param progress told what is done next
    MoneyBenchmark(RunningPlatform platform, MoneyPlan plan, Consumer<String> progress) {
        this.platform = platform;
        this.plan = plan;
        this.progress = progress;
        this.database = new Database(platform.postgres());
        this.bettors = Bettors.fresh(plan.players());
        this.rounds = new Endpoint(process(ROUNDS).port());
        this.loop = new FunctionLoop(process(ROUNDS), postgres(), rounds, bettors, plan.connections());
    }

    /// Blocks until all is measured: some two minutes.
    MoneyReport run() {
        var begun = Instant.now();
        welcome();
        progress.accept("warm-up");
        cold(plan.warmUp());
        progress.accept("function, cold accounts");
        var cold = cold(plan.loop());
        progress.accept("function, one hot account");
        var hot = loop.measure(plan.loop(), _ -> List.of(bettors.hot()));
        var rates = rates(cold.perSecond());
        var trips = trips();
        var audit = audit();
        progress.accept("PostgreSQL alone");
        var ceiling = new BetCeiling(database, postgres(), plan.ceiling(), plan.players());
        var single = ceiling.measure(16, 1);
        var batched = ceiling.measure(2, 50);
        return new MoneyReport(
                begun,
                Machine.here(),
                plan,
                cold,
                hot,
                rates.measured(),
                rates.skipped(),
                trips.measured(),
                single,
                batched,
                rounds.sentBack(),
                trips.violated(),
                audit);
    }

    private void welcome() {
        progress.accept(bettors.all().size() + " players get money and a seed");
        new Welcoming(bettors, plan.connections())
                .run(new Endpoint(process(WALLET).port()), rounds);
        var audit = audit();
        if (!audit.isExact()) {
            throw new IllegalStateException(audit + " (expected: every bet done, once)");
        }
    }

    private Speed cold(Duration length) {
        return loop.measure(length, connection -> bettors.of(connection, plan.connections()));
    }

    private Rates rates(double reached) {
        var measured = new ArrayList<Step>();
        var skipped = new ArrayList<Integer>();
        for (int rate : plan.rates()) {
            if (MoneyPlan.isWorthATry(rate, reached)) {
                progress.accept("function, " + rate + "/s");
                measured.add(rate(rate));
            } else {
                progress.accept("function, " + rate + "/s: not tried, too far above " + Math.round(reached) + "/s");
                skipped.add(rate);
            }
        }
        return new Rates(measured, skipped);
    }

    private Step rate(int perSecond) {
        int maxUnanswered = MoneyPlan.maxUnanswered(perSecond);
        var players = bettors.cold();
        try (var lanes = new Lanes(rounds, plan.connections(), maxUnanswered)) {
            return new OpenLoop(perSecond, plan.rate(), MoneyPlan.PATIENCE, maxUnanswered)
                    .run(number -> lanes.deliver(bettors.bet(players.get((int) (number % players.size())))));
        }
    }

    private Trips trips() {
        try (var seats = new Seats(URI.create(platform.url()), bettors)) {
            progress.accept("end to end, warm-up");
            trip(seats, plan.tripRates().getFirst());
            var measured = new ArrayList<Step>();
            for (int rate : plan.tripRates()) {
                progress.accept("end to end, " + rate + "/s");
                measured.add(trip(seats, rate));
            }
            return new Trips(measured, seats.violated());
        }
    }

    private Step trip(Seats seats, int perSecond) {
        int players = plan.bettors(perSecond);
        seats.fill(players);
        return new OpenLoop(perSecond, plan.trip(), MoneyPlan.PATIENCE, MoneyPlan.maxUnanswered(perSecond))
                .run(number -> seats.bet(number, players));
    }

    private Audit audit() {
        return Audit.of(database, bettors.all(), bettors.bets());
    }

    private ProcessFigures postgres() {
        return new ProcessFigures(process(POSTGRES).pid());
    }

    private RunningPlatform.Child process(String name) {
        return platform.process(name)
                .orElseThrow(() -> new IllegalStateException(
                        "process: " + name + " does not run on this platform (expected: wallet, rounds and postgres)"));
    }

    private record Rates(List<Step> measured, List<Integer> skipped) {}

    private record Trips(List<Step> measured, long violated) {}
}
