package dev.rookery.knative.load.drive;

import dev.rookery.knative.load.platform.OnPlatform;
import dev.rookery.knative.load.platform.TokenSecret;
import dev.rookery.knative.load.player.Backoff;
import dev.rookery.knative.load.swarm.SwarmSettings;
import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `./rookery load`.
@Command(
        name = "load",
        description = "Drives a running platform with many players at steady rates, and checks every promise.")
public final class Drive implements Callable<Integer> {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final int MAX_LOOPS = 4;
    private static final int REPORT_SECONDS = 20;

    @Option(
            names = "--port",
            defaultValue = "8080",
            split = ",",
            paramLabel = "PORT",
            description = "where players connect: of a platform, and of other gateways of it (default: ${DEFAULT-VALUE}"
                    + " and whatever gateways that platform has)")
    private List<Integer> ports = List.of();

    @Option(names = "--connections", defaultValue = "1000", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(
            names = "--ramp",
            defaultValue = "5",
            paramLabel = "SECONDS",
            description = "over which they come (default: ${DEFAULT-VALUE})")
    private int ramp;

    @Option(
            names = "--rooms",
            defaultValue = "10",
            paramLabel = "R",
            description = "each connection joins one, open:load-<i>; 0 for none (default: ${DEFAULT-VALUE})")
    private int rooms;

    @Option(
            names = "--casts-per-second",
            defaultValue = "100",
            paramLabel = "N",
            description = "over all rooms; each goes to all others of its room (default: ${DEFAULT-VALUE})")
    private long casts;

    @Option(
            names = "--cast-bytes",
            defaultValue = "32",
            paramLabel = "BYTES",
            description = "that each cast carries beside its numbers (default: ${DEFAULT-VALUE})")
    private int bytes;

    @Option(
            names = "--commands-per-second",
            defaultValue = "10",
            paramLabel = "N",
            description = "wallet.deposit, over all connections (default: ${DEFAULT-VALUE})")
    private long commands;

    @Option(
            names = "--stalled",
            defaultValue = "0",
            paramLabel = "PERCENT",
            description = "of the readers read for 10 s, stop for 30 s, and so on (default: ${DEFAULT-VALUE})")
    private int stalled;

    @Option(
            names = "--storm",
            defaultValue = "0",
            paramLabel = "SECONDS",
            description = "so often a share of the connections is cut and comes back at once; 0 for never (default:"
                    + " ${DEFAULT-VALUE})")
    private int storm;

    @Option(
            names = "--storm-percent",
            defaultValue = "25",
            paramLabel = "PERCENT",
            description = "of the connections that a storm cuts (default: ${DEFAULT-VALUE})")
    private int stormPercent;

    @Option(
            names = "--duration",
            defaultValue = "30",
            paramLabel = "SECONDS",
            description = "after the ramp (default: ${DEFAULT-VALUE})")
    private int duration;

    @Option(names = "--json", paramLabel = "FILE", description = "writes everything to this file too")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final AtomicBoolean isToEnd = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public Integer call() {
        var running = OnPlatform.find(ports.getFirst());
        var settings = settings(running);
        var plan = plan();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "ending"));
        try {
            var report = new DriveRun(settings, plan, this::print, isToEnd).run();
            DriveTable.lines(report).forEach(this::print);
            if (json != null) {
                write(report, json);
            }
            return report.isKept() ? 0 : 1;
        } finally {
            ended.countDown();
        }
    }

    private SwarmSettings settings(RunningPlatform running) {
        try {
            return new SwarmSettings(
                    gateways(running),
                    connections,
                    rooms,
                    stalled,
                    bytes,
                    TokenSecret.of(running),
                    "l" + Long.toString(Instant.now().toEpochMilli(), Character.MAX_RADIX),
                    Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MAX_LOOPS),
                    BACKOFF,
                    PATIENCE);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private DrivePlan plan() {
        try {
            return new DrivePlan(
                    Duration.ofSeconds(ramp),
                    casts,
                    commands,
                    Duration.ofSeconds(storm),
                    stormPercent,
                    Duration.ofSeconds(duration));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private List<InetSocketAddress> gateways(RunningPlatform running) {
        var all = new TreeSet<>(ports);
        if (ports.size() == 1) {
            running.processes().stream()
                    .filter(child -> child.name().startsWith("gateway"))
                    .forEach(child -> all.add(child.port()));
        }
        return all.stream()
                .map(each -> new InetSocketAddress(InetAddress.getLoopbackAddress(), each))
                .toList();
    }

    private void print(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    /// Ctrl-C: the system waits for this before it ends the process.
    private void end() {
        isToEnd.set(true);
        try {
            ended.await(REPORT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(DriveReport report, Path file) {
        try {
            Files.writeString(
                    file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
