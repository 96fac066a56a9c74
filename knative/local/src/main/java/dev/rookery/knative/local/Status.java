package dev.rookery.knative.local;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Tells what runs, whether it is ready, how functions are scaled, how far the replica is, and how deliveries stand.
@Command(name = "status", description = "Tells what runs.", mixinStandardHelpOptions = true)
final class Status implements Callable<Integer> {

    private static final String CLEAR = "\u001b[H\u001b[2J";
    private static final long PAUSE_SECONDS = 2;

    @Mixin
    private PlayerPort port = new PlayerPort();

    @Option(names = "--watch", description = "tells it again every 2 s, with rates; Ctrl-C ends it")
    private boolean watch;

    @Override
    public Integer call() throws Exception {
        var screen = new StatusScreen();
        System.out.print(screen.text(port.running()));
        while (watch) {
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
            var text = again(screen);
            System.out.print(isTerminal() ? CLEAR + text : "\n" + text);
            System.out.flush();
        }
        return 0;
    }

    private static boolean isTerminal() {
        return Objects.requireNonNull(System.console()).isTerminal();
    }

    /// A platform that is away for a moment is told so, and looked for again.
    private String again(StatusScreen screen) throws InterruptedException {
        try {
            return screen.text(port.running());
        } catch (IOException | IllegalStateException e) {
            return e.getMessage() + "\n";
        }
    }
}
