package dev.rookery.knative.load.bench.cold;

import dev.rookery.knative.load.measure.Machine;
import dev.rookery.knative.load.platform.OwnPlatform;
import dev.rookery.knative.local.AotCache;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./rookery bench cold`.
@Command(
        name = "cold",
        description =
                "Measures cold starts of the wallet, on a platform of its own: from its process to its first outcome in"
                        + " the database, beside other ways to start it; and from a player's command to its answer when the function"
                        + " is at zero.")
public final class Cold implements Callable<Integer> {

    private static final String FUNCTION = "wallet";

    @Option(
            names = "--starts",
            defaultValue = "20",
            paramLabel = "N",
            description = "of each variant, in turn (default: ${DEFAULT-VALUE})")
    private int starts;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var home = Path.of(System.getenv().getOrDefault("ROOKERY_HOME", "")).toAbsolutePath();
        var cache = new AotCache(home.resolve("functions/wallet/target/app/wallet.jar"));
        try (var platform = OwnPlatform.eager(home)) {
            var measured = new LinkedHashMap<String, List<ColdStart>>();
            var environment = ColdStart.environment(
                    platform.now().process(FUNCTION).orElseThrow().pid());
            var variants = Variant.of(cache, FatJar.of(cache, platform.folder()));
            for (int n = 0; n < starts; n++) {
                for (var variant : variants) {
                    measured.computeIfAbsent(variant.name(), _ -> new ArrayList<>())
                            .add(ColdStart.measure(variant, environment));
                }
            }
            lines(measured).forEach(this::print);
            print(answers(FirstAnswer.measure(platform, FUNCTION, starts)));
            platform.forget();
        }
        return 0;
    }

    private void print(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private static String answers(List<Duration> answers) {
        var sorted = answers.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "from a player's command to its answer, function at zero: p50 %s s, p99 %s s, of %d",
                seconds(sorted.get((sorted.size() - 1) / 2)),
                seconds(sorted.getLast()),
                sorted.size());
    }

    /// As a person reads it: middle values, and the best for whoever has other things running on the machine.
    static List<String> lines(Map<String, List<ColdStart>> measured) {
        var lines = new ArrayList<String>();
        lines.add("cold starts of " + FUNCTION + ", from the process to its first outcome; " + Machine.here());
        lines.add(row("", "starts", "median s", "best s", "worst s", "cpu s", "MB"));
        measured.forEach((name, starts) -> lines.add(row(
                name,
                Integer.toString(starts.size()),
                seconds(at(starts, ColdStart::outcome, 0.5)),
                seconds(at(starts, ColdStart::outcome, 0)),
                seconds(at(starts, ColdStart::outcome, 1)),
                seconds(at(starts, ColdStart::cpu, 0.5)),
                Long.toString(at(starts, ColdStart::resident, 0.5) / 1024))));
        return lines;
    }

    private static String row(String name, String... columns) {
        var row = new StringBuilder(String.format(Locale.ROOT, "  %-24s", name));
        for (var column : columns) {
            row.append(String.format(Locale.ROOT, " %9s", column));
        }
        return row.toString();
    }

    private static <T extends Comparable<T>> T at(List<ColdStart> starts, Function<ColdStart, T> figure, double share) {
        var sorted = starts.stream().map(figure).sorted().toList();
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f", time.toMillis() / 1e3);
    }
}
