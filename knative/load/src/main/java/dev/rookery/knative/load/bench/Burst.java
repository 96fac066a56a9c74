package dev.rookery.knative.load.bench;

import dev.rookery.knative.load.measure.Machine;
import dev.rookery.knative.load.platform.OwnPlatform;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./rookery bench burst`.
@Command(
        name = "burst",
        description =
                "From no function at all to so many commands a second, on a platform of its own: what players wait for"
                        + " second by second, until it is steady, and whether anything was lost.")
public final class Burst implements Callable<Integer> {

    private static final String FUNCTION = "wallet";
    private static final int PLAYERS = 200;
    private static final Duration ZERO_BOUND = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PAUSE_MILLIS = 200;

    @Option(names = "--rate", defaultValue = "500", description = "commands a second (default: ${DEFAULT-VALUE})")
    private int rate;

    @Option(names = "--seconds", defaultValue = "30", description = "for how long (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (rate < 1 || seconds < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--rate: " + rate + ", --seconds: " + seconds + " (expected: both >= 1)");
        }
        var home = Path.of(System.getenv().getOrDefault("ROOKERY_HOME", "")).toAbsolutePath();
        try (var platform = OwnPlatform.eager(home)) {
            boolean isKept;
            try (var crew = new Crew(URI.create(platform.now().url()))) {
                isKept = run(platform, crew);
            }
            platform.forget();
            return isKept ? 0 : 1;
        }
    }

    private boolean run(OwnPlatform platform, Crew crew) throws InterruptedException {
        crew.grow(PLAYERS);
        awaitZero(platform);
        print("burst from zero to %d/s for %d s; %s".formatted(rate, seconds, Machine.here()));
        var waits = new WaitsBySecond(seconds);
        long begun = System.nanoTime();
        for (long n = 0; n < (long) rate * seconds; n++) {
            long due = begun + n * 1_000_000_000 / rate;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            int second = (int) (n / rate);
            waits.asked(second);
            crew.deposit(n, PLAYERS)
                    .whenComplete((_, failure) -> waits.answered(second, System.nanoTime() - due, failure));
        }
        boolean isAnswered = waits.awaitAll(PATIENCE);
        long answered = System.nanoTime();
        var all = waits.seconds();
        for (int second = 0; second < all.size(); second++) {
            var each = all.get(second);
            print("  second %3d   %5d answered   p50 %8s ms   p99 %8s ms"
                    .formatted(second, each.count(), millis(each.p50Micros()), millis(each.p99Micros())));
        }
        print("the last answer came %.1f s after the last command was due"
                .formatted(Math.max(0, answered - begun - seconds * 1e9) / 1e9));
        print(WaitsBySecond.steadyFrom(all)
                .map(second -> "steady from second " + second + " on")
                .orElse("never steady: more than this machine can do"));
        awaitZero(platform);
        print("back at zero %.1f s after the last answer".formatted((System.nanoTime() - answered) / 1e9));
        var seen = crew.seen();
        print("asked %d, lost %d, failed %d; promises not kept to players: %d"
                .formatted(waits.asked(), waits.unanswered(), waits.failed(), seen.violated()));
        return isAnswered && waits.failed() == 0 && seen.violated() == 0;
    }

    private static void awaitZero(OwnPlatform platform) throws InterruptedException {
        long deadline = System.nanoTime() + ZERO_BOUND.toNanos();
        while (platform.now().processes().stream()
                .anyMatch(child -> child.name().startsWith(FUNCTION))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(FUNCTION + " runs still (expected: at zero within " + ZERO_BOUND + ")");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f", micros / 1e3);
    }

    private void print(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
