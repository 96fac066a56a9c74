package dev.rookery.knative.load.bench;

import dev.rookery.knative.load.platform.OnPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `./rookery bench trip`.
@Command(
        name = "trip",
        description =
                "Measures the round trip of a command, from the frame to its event, and what the servers below can do.")
final class Trip implements Callable<Integer> {

    @Mixin
    private final OnPlatform platform = new OnPlatform();

    @Option(
            names = "--seconds",
            defaultValue = "10",
            paramLabel = "SECONDS",
            description = "of each step; all in all it takes about 18 times that (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--players",
            defaultValue = "500",
            paramLabel = "PLAYERS",
            description =
                    "at most; fewer rates than that have a player for each command a second (default: ${DEFAULT-VALUE})")
    private int players;

    @Option(
            names = "--max-rate",
            defaultValue = "4000",
            paramLabel = "PER_SECOND",
            description = "commands a second that are never reached (default: ${DEFAULT-VALUE})")
    private int maxRate;

    @Option(names = "--json", paramLabel = "FILE", description = "writes everything to this file too")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var running = platform.find();
        var out = spec.commandLine().getOut();
        var plan = new TripPlan(Duration.ofSeconds(seconds), players, maxRate);
        var report = new TripBenchmark(running, plan, line -> {
                    out.println(line);
                    out.flush();
                })
                .run();
        TripTable.lines(report).forEach(out::println);
        out.flush();
        if (json != null) {
            write(report, json);
        }
        return report.isFullyAnswered() ? 0 : 1;
    }

    private static void write(TripReport report, Path file) {
        try {
            Files.writeString(
                    file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
