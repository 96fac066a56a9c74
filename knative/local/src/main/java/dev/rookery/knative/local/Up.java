package dev.rookery.knative.local;

import dev.rookery.knative.local.ops.Operators;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Starts a platform and stays until it is told to end, by Ctrl-C or SIGTERM; then ends everything, in order.
@Command(name = "up", description = "Starts the platform; Ctrl-C ends it.", mixinStandardHelpOptions = true)
final class Up implements Callable<Integer> {

    /// Above the gateways' grace, then the functions', then the servers': who is slow is not cut short by us. Whoever
    /// has no player connected and nothing in flight ends in a few seconds.
    static final Duration END_BOUND = Duration.ofSeconds(150);

    @Mixin
    private PlayerPort port = new PlayerPort();

    @Option(names = "--data", paramLabel = "DIR", description = "what survives a restart (default: .rookery/data)")
    private @Nullable Path data;

    @Option(names = "--ephemeral", description = "on a data folder that is deleted in the end")
    private boolean ephemeral;

    @Option(
            names = "--gateways",
            paramLabel = "N",
            defaultValue = "1",
            description = "how many, on --port and the next free ports (1 to 4, default: ${DEFAULT-VALUE})")
    private int gateways = 1;

    @Option(
            names = "--overlay",
            paramLabel = "DIR",
            description = "kustomization that says what runs (default: knative/overlays/local)")
    private @Nullable Path overlay;

    @Option(
            names = "--training",
            hidden = true,
            description = "for ./rookery train: gateway and functions end with an AOT cache of what they did")
    private boolean training;

    @Override
    public Integer call() throws Exception {
        var home = Rookery.home();
        // Before there is a folder: a second platform is told of the port, not of the folder that the first one has;
        // and a mistake leaves nothing behind.
        int free = port.requireFree();
        UpSettings.requireGateways(gateways);
        var settings = new UpSettings(home, overlay(home), folder(home), ephemeral, free, gateways, training);
        System.setProperty("rookery.log", settings.logs().resolve("rookery.log").toString());
        var telling = new Telling(System.out);
        var me = Thread.currentThread();
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(me, ended), "ending"));
        long begun = System.nanoTime();
        telling.line("Rookery starts; data and logs: " + settings.data());
        try (var platform = Platform.start(settings, telling)) {
            ready(telling, platform.running(), begun);
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            telling.line("Rookery has ended");
        } finally {
            ended.countDown();
        }
        return 0;
    }

    private Path overlay(Path home) {
        var chosen = overlay == null
                ? home.resolve("knative").resolve("overlays").resolve("local")
                : overlay.toAbsolutePath().normalize();
        if (!Files.exists(chosen.resolve("kustomization.yaml"))) {
            throw new IllegalArgumentException(
                    "--overlay: " + chosen + " (expected: a folder with a kustomization.yaml)");
        }
        return chosen;
    }

    private Path folder(Path home) throws Exception {
        if (data != null) {
            return data.toAbsolutePath().normalize();
        }
        var rookery = Files.createDirectories(home.resolve(".rookery"));
        return ephemeral ? Files.createTempDirectory(rookery, "ephemeral-") : rookery.resolve("data");
    }

    private static void ready(Telling telling, RunningPlatform platform, long begun) {
        telling.line("Ready in %.1f s".formatted(Telling.seconds(Telling.since(begun))));
        telling.line("  play       " + platform.url() + "/");
        telling.line("  operate    " + platform.management() + Operators.PATH + "/");
        for (int port : platform.ports()) {
            telling.line("  players    ws://127.0.0.1:" + port + "/v1/connect   (subprotocol rookery.v1.json)");
        }
        telling.line("  tokens     ./rookery token PLAYER, or POST " + platform.url() + "/v1/dev/token");
        telling.line("  try it     ./rookery play p-7    state: ./rookery status    end: Ctrl-C");
    }

    /// The system waits for this before it ends the process.
    private static void end(Thread main, CountDownLatch ended) {
        main.interrupt();
        try {
            ended.await(END_BOUND.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
