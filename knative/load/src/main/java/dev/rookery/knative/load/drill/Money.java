package dev.rookery.knative.load.drill;

import dev.rookery.knative.load.drill.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `./rookery drill money`.
@Command(
        name = "money",
        description = "The fault campaign: players play on a platform of its own while its processes are killed and"
                + " halted, connections break and commands come twice; in the end every promise about money has to"
                + " be kept. Exits with 1 when one is not.")
final class Money implements Callable<Integer> {

    private static final String HOME = "ROOKERY_HOME";
    private static final int MOST_SEEDS = 1_000_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "the same faults at the same moments (default: one that is told)")
    private @Nullable Long seed;

    @Option(
            names = "--minutes",
            defaultValue = "2",
            paramLabel = "M",
            description = "of load and faults; half of one is 0.5 (default: ${DEFAULT-VALUE})")
    private double minutes;

    @Option(
            names = "--players",
            defaultValue = "" + CampaignPlan.PLAYERS,
            paramLabel = "N",
            description = "default: ${DEFAULT-VALUE}")
    private int players;

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "NAME",
            description = "only these: kill, halt, end-sessions, stop-postgres, flush-redis, deadlock, pause-replay,"
                    + " hold-lines, cut-lines, half-open-lines, roll-gateways, crash, jump-clock, lull,"
                    + " roll-function (default: all)")
    private List<String> faults = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "writes everything to this file too")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = Path.of(System.getenv().getOrDefault(HOME, "")).toAbsolutePath();
        var report = new Campaign(home, plan(), Sabotage.NONE, this::print).run();
        CampaignTable.lines(report).forEach(this::print);
        var text = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
        if (!report.isKept()) {
            write(Path.of(report.folder()).resolve("report.json"), text);
        }
        if (json != null) {
            write(json, text);
        }
        return report.isKept() ? 0 : 1;
    }

    private CampaignPlan plan() {
        try {
            return new CampaignPlan(
                    seed == null ? ThreadLocalRandom.current().nextInt(MOST_SEEDS) : seed,
                    Duration.ofMillis(Math.round(minutes * 60_000)),
                    players,
                    kinds(),
                    CampaignPlan.PATIENCE,
                    CampaignPlan.OVERLAY,
                    Map.of());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Set<Fault.Kind> kinds() {
        if (faults.isEmpty()) {
            return EnumSet.allOf(Fault.Kind.class);
        }
        var kinds = EnumSet.noneOf(Fault.Kind.class);
        faults.forEach(word -> kinds.add(Fault.Kind.of(word)));
        return kinds;
    }

    private void print(String line) {
        var out = spec.commandLine().getOut();
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
