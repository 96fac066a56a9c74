package dev.rookery.knative.load.bench;

import dev.rookery.knative.load.measure.Machine;
import dev.rookery.knative.load.measure.OpenLoop;
import dev.rookery.knative.load.measure.Step;
import dev.rookery.knative.load.misdeed.Misbehaving;
import dev.rookery.knative.load.misdeed.Misdeed;
import dev.rookery.knative.load.platform.OwnPlatform;
import dev.rookery.knative.load.protocol.Event;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./rookery bench isolation`.
@Command(
        name = "isolation",
        description =
                "On a platform of its own, rounds throws, hangs, exits and eats memory for some commands while others"
                        + " send the wallet theirs: what those wait for, beside what they wait for when all is well, and"
                        + " how the bad commands end.")
public final class Isolation implements Callable<Integer> {

    private static final int PLAYERS_A_COMMAND = 2;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MAX_UNANSWERED_SECONDS = 60;
    private static final int MAX_RETRY = 10;

    @Option(
            names = "--rate",
            defaultValue = "20",
            description = "commands a second of the others (default: ${DEFAULT-VALUE})")
    private int rate;

    @Option(
            names = "--seconds",
            defaultValue = "40",
            description = "at least, for each figure; it goes on until the bad commands have ended (default:"
                    + " ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--bad", defaultValue = "3", description = "commands of each kind (default: ${DEFAULT-VALUE})")
    private int bad;

    @Option(
            names = "--retry",
            defaultValue = "4",
            description = "of the KafkaSource: tries after the first, 1 to 10 (default: ${DEFAULT-VALUE})")
    private int retry;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (rate < 1 || seconds < 1 || bad < 1 || retry < 1 || retry > MAX_RETRY) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rate: " + rate + ", --seconds: " + seconds + ", --bad: " + bad + ", --retry: " + retry
                            + " (expected: all >= 1, --retry <= " + MAX_RETRY + ")");
        }
        var home = Path.of(System.getenv().getOrDefault("ROOKERY_HOME", "")).toAbsolutePath();
        try (var platform =
                OwnPlatform.on(home, "isolation-", folder -> Misbehaving.overlay(home, folder, "awake", retry))) {
            var url = URI.create(platform.now().url());
            boolean isKept;
            try (var crew = new Crew(url);
                    var offenders = new Offenders(url, platform)) {
                isKept = run(crew, offenders);
            }
            platform.forget();
            return isKept ? 0 : 1;
        }
    }

    private boolean run(Crew crew, Offenders offenders) throws InterruptedException {
        int players = Math.max(1, rate * PLAYERS_A_COMMAND);
        crew.grow(players);
        print("wallet.deposit at %d/s while rounds misbehaves; %s".formatted(rate, Machine.here()));
        offenders.behave(bad);
        others(crew, players, WARM_UP, () -> true);
        var phases = new ArrayList<Phase>();
        phases.add(phase("behaves", crew, players, offenders, () -> offenders.behave(bad)));
        for (var misdeed : Misdeed.values()) {
            print("  rounds " + misdeed + " ...");
            phases.add(phase(misdeed.toString(), crew, players, offenders, () -> offenders.misbehave(misdeed, bad)));
            // What comes next is not to find it still at its restarts.
            Offenders.await(offenders.behave(1));
        }
        var table = new IsolationTable(phases, retry);
        table.lines().forEach(this::print);
        long violated = crew.seen().violated();
        print("promises not kept to players: " + violated);
        return table.isIsolated() && violated == 0;
    }

    private Phase phase(String name, Crew crew, int players, Offenders offenders, Asking asking)
            throws InterruptedException {
        var before = offenders.seen();
        var asked = asking.ask();
        var all = CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
        var step = others(crew, players, Duration.ofSeconds(seconds), all::isDone);
        return new Phase(name, step, offenders.ended(asked, before));
    }

    private Step others(Crew crew, int players, Duration length, BooleanSupplier isOver) {
        return new OpenLoop(rate, length, PATIENCE, rate * MAX_UNANSWERED_SECONDS)
                .run(number -> crew.deposit(number, players), isOver);
    }

    private void print(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private interface Asking {
        List<CompletableFuture<Event>> ask();
    }

    /// What the others waited for, and how the commands to `rounds` ended meanwhile.
    record Phase(String name, Step others, Ended ended) {}

    /// How commands to `rounds` ended.
    ///
    /// @param failed      that players were told of
    /// @param deliveries  tries of all of them together
    /// @param starts      of the function's process, after it ended by itself
    record Ended(int asked, long done, long failed, long deliveries, long deadLetters, long starts) {}
}
