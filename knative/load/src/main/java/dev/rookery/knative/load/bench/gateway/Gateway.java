package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.measure.ProcessFigures;
import dev.rookery.knative.load.platform.OnPlatform;
import dev.rookery.knative.load.platform.TokenSecret;
import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `./rookery bench gateway`.
@Command(
        name = "gateway",
        description =
                "Measures the gateway of a running platform, and beside it uWebSockets.js, ws and socket.io (Node.js and"
                        + " npm are needed).")
public final class Gateway implements Callable<Integer> {

    private static final int LOOPS = 2;

    @Mixin
    private final OnPlatform platform = new OnPlatform();

    @Option(
            names = "--quick",
            description = "a short run that shows that everything works, with figures that say little")
    private boolean isQuick;

    @Option(names = "--alone", description = "measures only the gateway, and needs no Node.js")
    private boolean isAlone;

    @Option(
            names = "--only",
            paramLabel = "PART",
            split = ",",
            description = "measures only these: ${COMPLETION-CANDIDATES}")
    private Set<Part> only = EnumSet.allOf(Part.class);

    @Option(names = "--json", paramLabel = "FILE", description = "writes everything to this file too")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var running = platform.find();
        var plan = isQuick ? BenchPlan.quick(LOOPS) : BenchPlan.whole(LOOPS);
        var report = new GatewayBenchmark(plan, only, this::print)
                .run(server(running), URI.create(running.redis()), isAlone);
        GatewayTable.lines(report).forEach(this::print);
        if (json != null) {
            write(report, json);
        }
        return report.isWhole() ? 0 : 1;
    }

    private static Server server(RunningPlatform running) {
        var gateway = running.processes().stream()
                .filter(child -> child.port() == running.port())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "gateway: none at port " + running.port() + " (expected: a process of the platform)"));
        var secret = TokenSecret.of(running);
        var run = Long.toString(Instant.now().toEpochMilli(), Character.MAX_RADIX);
        return new Server(
                "Rookery",
                new RookeryDialect(secret, "b" + run + "-"),
                new RookeryDialect(secret, "a" + run + "-"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()),
                new ProcessFigures(gateway.pid()));
    }

    private void print(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private static void write(GatewayReport report, Path file) {
        try {
            Files.writeString(
                    file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
