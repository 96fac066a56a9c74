package dev.rookery.knative.load.platform;

import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A platform of one's own, as `./rookery up` starts it: in a process of its own, on free ports, with its data
/// in a folder that its owner keeps or [#forget]s. Whoever means to break a platform breaks this one. It ends with
/// this process, too.
///
/// One thread starts, kills and ends it; what runs may be asked by any.
public final class OwnPlatform implements AutoCloseable {

    private static final Duration START_BOUND = Duration.ofMinutes(3);
    private static final int START_TRIES = 3;
    private static final Duration DEATH_BOUND = Duration.ofSeconds(30);
    private static final Duration END_BOUND = Duration.ofSeconds(160);
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();
    /// Below what systems give to clients by themselves.
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 32_000;

    private final Path home;
    private final Path folder;
    private final List<String> options;
    private final Map<String, String> environment;
    private final int port = freePort();
    private final Thread ending = new Thread(this::end, "ending");
    private volatile @Nullable Process launched;

    private OwnPlatform(Path home, Path folder, List<String> options, Map<String, String> environment) {
        this.home = home;
        this.folder = folder;
        this.options = List.copyOf(options);
        this.environment = Map.copyOf(environment);
    }

    /// Starts one to be broken, and waits until players may connect.
    ///
    /// @param home        folder of the project, which is built
    /// @param folder      gets `data`, with all logs, and `up.log`
    /// @param overlay     one of `knative/overlays`
    /// @param environment of everything that runs
    /// @throws IllegalStateException when it does not start; with what it printed
    public static OwnPlatform start(
            Path home, Path folder, int gateways, String overlay, Map<String, String> environment) {
        var options = new ArrayList<>(List.of("--gateways", Integer.toString(gateways)));
        options.addAll(option(overlay(home, overlay)));
        return start(new OwnPlatform(home, folder, options, environment));
    }

    /// Starts one whose gateway and functions write their AOT caches when it is closed.
    public static OwnPlatform training(Path home) {
        return start(new OwnPlatform(home, newFolder(home, "training-"), List.of("--training"), Map.of()));
    }

    /// Starts one whose functions go to zero as soon as Knative lets them: see `knative/overlays/eager`.
    public static OwnPlatform eager(Path home) {
        return on(home, "eager-", _ -> overlay(home, "eager"));
    }

    /// Starts one of another overlay.
    ///
    /// @param prefix  of its folder's name
    /// @param overlay given the platform's folder, tells, or makes, the overlay
    public static OwnPlatform on(Path home, String prefix, UnaryOperator<Path> overlay) {
        var folder = newFolder(home, prefix);
        return start(new OwnPlatform(home, folder, option(overlay.apply(folder)), Map.of()));
    }

    private static Path overlay(Path home, String name) {
        return home.resolve("knative").resolve("overlays").resolve(name);
    }

    private static List<String> option(Path overlay) {
        return List.of("--overlay", overlay.toString());
    }

    private static Path newFolder(Path home, String prefix) {
        try {
            return Files.createTempDirectory(Files.createDirectories(home.resolve(".rookery")), prefix);
        } catch (IOException e) {
            throw new UncheckedIOException("a platform's folder cannot be made", e);
        }
    }

    private static OwnPlatform start(OwnPlatform platform) {
        Runtime.getRuntime().addShutdownHook(platform.ending);
        platform.start();
        return platform;
    }

    /// What runs.
    ///
    /// @throws IllegalStateException when it does not run at this moment
    public RunningPlatform now() {
        return find().orElseThrow(() -> new IllegalStateException("the platform on port " + port + " does not run"));
    }

    /// Empty while it is killed.
    public Optional<RunningPlatform> find() {
        return RunningPlatform.find(home, port);
    }

    /// SIGKILL to everything at once, as when the power goes; then starts it again on what its disks have, and
    /// waits.
    public void crash() {
        var running = now();
        launcher().destroyForcibly();
        var children = running.processes().stream()
                .flatMap(child -> ProcessHandle.of(child.pid()).stream())
                .toList();
        children.forEach(ProcessHandle::destroyForcibly);
        awaitDeath(children);
        start();
    }

    /// Its data, and all logs.
    public Path folder() {
        return folder;
    }

    /// Ends it as Ctrl-C does, and waits until it has; killed when it takes too long. One that has ended is left alone.
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException e) {
            // This process ends at this moment, and so did the platform.
        }
    }

    /// Ends it, and deletes its folder.
    ///
    /// @throws UncheckedIOException when something of it stays
    public void forget() {
        close();
        try (var all = Files.walk(folder)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be deleted", e);
        }
    }

    private void end() {
        var launcher = launched;
        if (launcher == null) {
            return;
        }
        launcher.destroy();
        try {
            if (!launcher.waitFor(END_BOUND.toSeconds(), TimeUnit.SECONDS)) {
                launcher.destroyForcibly();
            }
        } catch (InterruptedException e) {
            launcher.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /// On a machine that has much to do a start may take longer than the platform allows it.
    private void start() {
        for (int tries = 1; ; tries++) {
            launched = launch();
            try {
                awaitReady();
                return;
            } catch (IllegalStateException e) {
                end();
                if (tries == START_TRIES) {
                    throw e;
                }
            }
        }
    }

    private Process launch() {
        var jar = home.resolve("knative/local/target/app/knative-local.jar");
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-jar",
                jar.toString()));
        words.addAll(List.of("up", "--port", Integer.toString(port)));
        words.addAll(options);
        words.addAll(List.of("--data", folder.resolve("data").toString()));
        var builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().put("ROOKERY_HOME", home.toString());
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(folder);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the platform cannot be started", e);
        }
    }

    private Process launcher() {
        return Objects.requireNonNull(launched);
    }

    private void awaitReady() {
        var launcher = launcher();
        long deadline = System.nanoTime() + START_BOUND.toNanos();
        while (find().filter(running -> running.pid() == launcher.pid()).isEmpty()) {
            if (!launcher.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the platform did not start:\n" + output());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void awaitDeath(List<ProcessHandle> children) {
        long deadline = System.nanoTime() + DEATH_BOUND.toNanos();
        while (launcher().isAlive() || children.stream().anyMatch(ProcessHandle::isAlive)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("killed processes are still there after " + DEATH_BOUND);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private Path log() {
        return folder.resolve("up.log");
    }

    private String output() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            return log() + " cannot be read";
        }
    }

    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException e) {
                // Somebody has it: another one.
            }
        }
    }
}
