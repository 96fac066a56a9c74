package dev.rookery.knative.load.drill;

import dev.rookery.knative.load.drill.crowd.Cashier;
import dev.rookery.knative.load.drill.crowd.Copies;
import dev.rookery.knative.load.drill.crowd.Crowd;
import dev.rookery.knative.load.drill.crowd.Habit;
import dev.rookery.knative.load.drill.crowd.Testimony;
import dev.rookery.knative.load.drill.fault.Clocks;
import dev.rookery.knative.load.drill.fault.Lines;
import dev.rookery.knative.load.drill.fault.Lull;
import dev.rookery.knative.load.drill.fault.Schedule;
import dev.rookery.knative.load.drill.fault.Storm;
import dev.rookery.knative.load.drill.fault.Striker;
import dev.rookery.knative.load.drill.verdict.Books;
import dev.rookery.knative.load.drill.verdict.Check;
import dev.rookery.knative.load.drill.verdict.Evidence;
import dev.rookery.knative.load.drill.verdict.Judge;
import dev.rookery.knative.load.platform.Database;
import dev.rookery.knative.load.platform.OwnPlatform;
import dev.rookery.knative.load.verify.LedgerAudit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// One drill: a platform of its own is started, players play and faults strike; then the faults stop, everything
/// has to be decided within a bound, and players' memories, the books and the audit have to agree.
final class Campaign {

    /// Of the players' ids; nobody else plays here.
    static final String PREFIX = "drill-";

    private static final int GATEWAYS = 2;
    private static final Duration TOLD_BOUND = Duration.ofSeconds(30);

    private final Path home;
    private final CampaignPlan plan;
    private final Sabotage sabotage;
    private final Consumer<String> progress;
    private final Instant begun = Instant.now();
    private final Path folder;

    /// @param home     folder of the project, which is built
    /// @param progress told what happens
    Campaign(Path home, CampaignPlan plan, Sabotage sabotage, Consumer<String> progress) {
        this.home = home;
        this.plan = plan;
        this.sabotage = sabotage;
        this.progress = progress;
        this.folder = home.resolve(".rookery")
                .resolve("drill")
                .resolve("seed-" + plan.seed() + "-" + Long.toString(begun.toEpochMilli(), Character.MAX_RADIX));
    }

    /// Blocks until all is over, some two minutes longer than the load. What ran is ended; its folder stays when
    /// something was found.
    ///
    /// @throws IOException when the folder cannot be made
    CampaignReport run() throws IOException, InterruptedException {
        progress.accept("seed " + plan.seed() + "; data and logs: " + folder);
        var clocks = Clocks.in(folder.resolve("clocks"));
        var settings = new TreeMap<>(plan.settings());
        settings.putAll(clocks.environment());
        try (var platform = OwnPlatform.start(home, folder, GATEWAYS, plan.overlay(), settings)) {
            var report = run(platform, clocks);
            if (report.isKept()) {
                platform.forget();
            }
            return report;
        }
    }

    private CampaignReport run(OwnPlatform platform, Clocks clocks) throws InterruptedException {
        sabotage.begun(platform.now());
        var lines = lines(platform);
        var urls = lines.values().stream().map(Lines::url).toList();
        var lull = new Lull();
        try (var crowd = new Crowd(urls, PREFIX, plan.players(), plan.seed(), lull);
                var cashier = new Cashier(platform, crowd.ids(), plan.seed() + 1, lull);
                var copies = new Copies(platform, plan.seed() + 2, lull);
                var _ = new Pings(platform, lull)) {
            progress.accept(
                    crowd.ids().size() + " players play, for " + plan.length().toSeconds() + " s");
            var schedule = new Schedule(plan.seed() + 3, plan.faults());
            var struck = new Storm(schedule, new Striker(platform, lines, clocks, lull, PREFIX), progress)
                    .rage(plan.length());
            crowd.rest();
            cashier.rest();
            copies.rest();
            progress.accept("faults are over: what is undecided has to be decided");
            long from = System.nanoTime();
            var checks = new ArrayList<Check>();
            checks.add(recovered(platform, crowd));
            long settled = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
            var evidence = new Evidence(crowd.testimonies(), cashier.confirmed(), List.of(), 0, Books.none());
            // Without a platform there is nothing to look into.
            if (platform.find().isPresent()) {
                sabotage.ended(platform.now());
                evidence = judge(platform, crowd, cashier, checks);
                checks.addAll(audit(platform));
            }
            return report(evidence, copies.copied(), settled, struck, checks);
        } finally {
            lines.values().forEach(Lines::close);
        }
    }

    private static Map<String, Lines> lines(OwnPlatform platform) {
        var lines = new TreeMap<String, Lines>();
        platform.now().processes().stream()
                .filter(child -> child.name().startsWith("gateway"))
                .forEach(child -> lines.put(child.name(), Lines.to(child.port())));
        return lines;
    }

    private Check recovered(OwnPlatform platform, Crowd crowd) throws InterruptedException {
        var recovery = new Recovery(platform);
        var missing = new ArrayList<>(recovery.whole(plan.patience()));
        missing.addAll(Recovery.await(
                () -> crowd.undecided() == 0 ? List.of() : List.of(crowd.undecided() + " commands are undecided"),
                plan.patience()));
        missing.addAll(recovery.idle(plan.patience()));
        return Check.of("recovered", "the platform is whole again and has nothing left to do", missing.size(), missing);
    }

    /// What was told last may still be on its way.
    private static Evidence judge(OwnPlatform platform, Crowd crowd, Cashier cashier, List<Check> checks)
            throws InterruptedException {
        var letters = Letters.read(platform.now().kafka());
        var evidence = new ArrayList<Evidence>();
        Recovery.await(
                () -> {
                    evidence.add(evidence(platform, crowd, cashier, letters));
                    return Judge.of(evidence.getLast()).stream()
                            .filter(check -> !check.isKept())
                            .map(Check::name)
                            .toList();
                },
                TOLD_BOUND);
        checks.addAll(Judge.of(evidence.getLast()));
        return evidence.getLast();
    }

    private static Evidence evidence(OwnPlatform platform, Crowd crowd, Cashier cashier, List<String> letters) {
        var testimonies = crowd.testimonies();
        var dicers = testimonies.stream()
                .filter(testimony -> testimony.habit() == Habit.LIMITED)
                .map(Testimony::player)
                .toList();
        var books = Books.read(new Database(platform.now().postgres()), crowd.ids(), dicers);
        return new Evidence(testimonies, cashier.confirmed(), letters, cashier.poisoned(), books);
    }

    private static List<Check> audit(OwnPlatform platform) {
        return LedgerAudit.of(platform.now()).stream()
                .filter(audited -> audited.isSeen())
                .map(audited -> new Check(
                        audited.check(), audited.sentence(), audited.rows(), audited.broken(), audited.findings()))
                .toList();
    }

    private CampaignReport report(
            Evidence evidence, long copies, long settled, List<Storm.Struck> struck, List<Check> checks) {
        var outcomes = evidence.books().outcomes().stream()
                .collect(Collectors.groupingBy(
                        each -> each.event().path("type").asString(), TreeMap::new, Collectors.counting()));
        return new CampaignReport(
                plan.seed(),
                begun,
                plan.length().toMillis(),
                folder.toString(),
                evidence.books().outcomes().size(),
                outcomes,
                evidence.paid().size(),
                copies,
                evidence.testimonies().stream()
                        .mapToLong(testimony -> testimony.observed().welcomes())
                        .sum(),
                settled,
                struck,
                checks);
    }
}
