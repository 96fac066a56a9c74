package dev.rookery.knative.load.bench.money;

import dev.rookery.knative.load.platform.Awake;
import dev.rookery.knative.load.platform.OnPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `./rookery bench money`.
@Command(
        name = "money",
        description = "Measures bets, through the function's endpoint and end to end, and what PostgreSQL does at best"
                + " with the same rows.")
public final class Money implements Callable<Integer> {

    @Mixin
    private final OnPlatform platform = new OnPlatform();

    @Option(
            names = "--quick",
            description = "a short run that shows that everything works, with figures that say little")
    private boolean isQuick;

    @Option(names = "--json", paramLabel = "FILE", description = "writes everything to this file too")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var report = measure();
        MoneyTable.lines(report).forEach(this::print);
        if (json != null) {
            write(report, json);
        }
        return report.isRight() ? 0 : 1;
    }

    /// What is posted to a function past the dispatcher is nothing that keeps it from going to zero.
    private MoneyReport measure() {
        try (var _ = Awake.of(platform.find())) {
            var plan = isQuick ? MoneyPlan.quick() : MoneyPlan.whole();
            return new MoneyBenchmark(platform.find(), plan, this::print).run();
        }
    }

    private void print(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private static void write(MoneyReport report, Path file) {
        try {
            Files.writeString(
                    file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
