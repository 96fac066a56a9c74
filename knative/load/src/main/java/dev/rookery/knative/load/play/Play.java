package dev.rookery.knative.load.play;

import dev.rookery.knative.load.platform.OnPlatform;
import dev.rookery.knative.load.player.PlayerClient;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./rookery play PLAYER`.
@Command(
        name = "play",
        description =
                "A session as a player: type commands, see the frames of the protocol. Reads a script from a pipe.")
public final class Play implements Callable<Integer> {

    @Mixin
    private final OnPlatform platform = new OnPlatform();

    @Parameters(paramLabel = "PLAYER", description = "who plays, such as p-7")
    private String player = "";

    @Option(
            names = "--patience",
            defaultValue = "60",
            paramLabel = "SECONDS",
            description = "how long a script waits for each answer (default: ${DEFAULT-VALUE})")
    private int patienceSeconds;

    @Override
    public Integer call() {
        var url = URI.create(platform.find().url());
        try (var console = console();
                var client = new PlayerClient(url)) {
            var session = new PlaySession(
                    console, client.connect(player, new FramePrinter(console)), Duration.ofSeconds(patienceSeconds));
            return session.run() || console.isWatched() ? 0 : 1;
        }
    }

    /// What is printed is UTF-8 whatever the locale of a script is.
    private static Console console() {
        // With a pipe on either side there is none, or one that says that it is no terminal: both occur.
        if (Optional.ofNullable(System.console())
                .filter(java.io.Console::isTerminal)
                .isPresent()) {
            return new TerminalConsole();
        }
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return new PipedConsole(in, new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }
}
