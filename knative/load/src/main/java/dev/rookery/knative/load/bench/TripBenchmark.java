package dev.rookery.knative.load.bench;

import dev.rookery.knative.load.bench.TripReport.Search.End;
import dev.rookery.knative.load.ceiling.Ceilings;
import dev.rookery.knative.load.measure.Machine;
import dev.rookery.knative.load.measure.OpenLoop;
import dev.rookery.knative.load.measure.RateSearch;
import dev.rookery.knative.load.measure.Step;
import dev.rookery.knative.local.RunningPlatform;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// How long a command takes from the frame that a player sends to the event that decides it, at several rates;
/// the highest rate that holds; and beside them, in the same run, what PostgreSQL, Kafka and Redis can do at best
/// here.
final class TripBenchmark {

    private static final int FIRST_TRIP_SECONDS = 60;

    private final RunningPlatform platform;
    private final TripPlan plan;
    private final Consumer<String> progress;
    private final long begin = System.nanoTime();

    /// @param progress told what is done next
    TripBenchmark(RunningPlatform platform, TripPlan plan, Consumer<String> progress) {
        this.platform = platform;
        this.plan = plan;
        this.progress = progress;
    }

    /// Blocks until all is measured.
    TripReport run() {
        try (var crew = new Crew(URI.create(platform.url()))) {
            long firstTripMicros = firstTrip(crew);
            progress.accept("warm-up");
            step(crew, plan.warmUpRate());
            var steps = new ArrayList<Step>();
            TripPlan.RATES.forEach(rate -> steps.add(step(crew, rate)));
            var search = search(crew, steps);
            var ceilings = Ceilings.measure(platform, plan.ceiling(), progress);
            return new TripReport(Instant.now(), Machine.here(), firstTripMicros, steps, search, crew.seen(), ceilings);
        }
    }

    /// Whatever the platform has to start for it.
    private long firstTrip(Crew crew) {
        progress.accept("first trip");
        crew.grow(1);
        long sent = System.nanoTime();
        try {
            crew.deposit(0, 1).orTimeout(FIRST_TRIP_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("no answer to a first command within " + FIRST_TRIP_SECONDS + " s", e);
        }
        return (System.nanoTime() - sent) / 1_000;
    }

    private Step step(Crew crew, int perSecond) {
        int players = plan.players(perSecond);
        crew.grow(players);
        progress.accept(perSecond + "/s, " + players + " players");
        return new OpenLoop(perSecond, plan.step(), TripPlan.PATIENCE, TripPlan.maxUnanswered(perSecond))
                .run(number -> crew.deposit(number, players));
    }

    private TripReport.Search search(Crew crew, List<Step> measured) {
        Map<Integer, Boolean> known =
                measured.stream().collect(Collectors.toMap(Step::perSecond, step -> step.holds(TripPlan.P99_LIMIT)));
        var search = RateSearch.after(known, plan.maxRate(), TripPlan.SEARCH_TRIES);
        var tried = new ArrayList<Step>();
        for (var next = search.next(); next.isPresent(); next = search.next()) {
            if (isLate()) {
                return new TripReport.Search(search.held(), search.failed(), End.TIME, tried);
            }
            var step = step(crew, next.getAsInt());
            tried.add(step);
            if (step.lost() > 0) {
                // What is still due would be in the way of every later rate.
                return new TripReport.Search(search.held(), step.perSecond(), End.LOST_ANSWERS, tried);
            }
            search = search.tried(step.holds(TripPlan.P99_LIMIT));
        }
        return new TripReport.Search(search.held(), search.failed(), search.left() == 0 ? End.TRIES : End.FOUND, tried);
    }

    private boolean isLate() {
        return Duration.ofNanos(System.nanoTime() - begin).plus(plan.step()).compareTo(plan.search()) > 0;
    }
}
