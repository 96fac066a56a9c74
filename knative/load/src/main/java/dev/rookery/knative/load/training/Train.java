package dev.rookery.knative.load.training;

import dev.rookery.knative.load.platform.OwnPlatform;
import dev.rookery.knative.load.player.PlayerClient;
import dev.rookery.knative.local.AotCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./rookery train`: what the build does last, so that everything that is started later starts fast.
@Command(
        name = "train",
        description = "Makes the AOT caches of gateway and functions, when one is missing or older than what it is of.")
public final class Train implements Callable<Integer> {

    private static final String HOME = "ROOKERY_HOME";
    /// Enough for profiles of what every command goes through; the first visitor alone pays for cold code.
    private static final int VISITORS = 10;

    @Option(names = "--again", description = "whether or not it is needed")
    private boolean again;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var home =
                Path.of(System.getenv().getOrDefault(HOME, "")).toAbsolutePath().normalize();
        var caches = caches(home);
        // Each of them, and not only until the first that is not.
        long kept = caches.stream().filter(AotCache::settle).count();
        if (kept == caches.size() && !again) {
            return 0;
        }
        say("trains gateway and functions, so that they start fast");
        train(home);
        boolean isWritten = true;
        for (var cache : caches) {
            isWritten &= cache.record();
            tell(home, cache);
        }
        return isWritten ? 0 : 1;
    }

    /// Every application whose players or events come from outside.
    static List<AotCache> caches(Path home) throws IOException {
        try (var modules = Files.walk(home, 2)) {
            return modules.filter(module ->
                            module.startsWith(home.resolve("functions")) || module.startsWith(home.resolve("gateway")))
                    .map(module -> module.resolve("target").resolve("app"))
                    .filter(Files::isDirectory)
                    .flatMap(Train::jars)
                    .sorted()
                    .map(AotCache::new)
                    .toList();
        }
    }

    private static Stream<Path> jars(Path app) {
        try (var files = Files.list(app)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(app + " cannot be read", e);
        }
    }

    private static void train(Path home) throws InterruptedException {
        try (var platform = OwnPlatform.training(home)) {
            play(Step.sessions(home), platform.now().port());
            platform.forget();
        }
    }

    private static void play(List<List<Step>> sessions, int port) throws InterruptedException {
        try (var client = new PlayerClient(URI.create("http://127.0.0.1:" + port))) {
            for (int n = 0; n < VISITORS; n++) {
                for (int each = 0; each < sessions.size(); each++) {
                    new Visitor(client, "trainee-" + n + "-" + each, sessions.get(each)).play();
                }
            }
        }
    }

    private void tell(Path home, AotCache cache) throws IOException {
        var file = home.relativize(cache.file());
        say(
                cache.isFresh()
                        ? "  %s, %.0f MB".formatted(file, Files.size(cache.file()) / 1024.0 / 1024)
                        : "  %s was not written; it starts without".formatted(file));
    }

    private void say(String line) {
        var out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%s%n", line);
        out.flush();
    }
}
