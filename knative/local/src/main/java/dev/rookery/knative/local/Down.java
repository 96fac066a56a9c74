package dev.rookery.knative.local;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Ends a platform that runs, as Ctrl-C in its own terminal would.
@Command(name = "down", description = "Ends the platform.", mixinStandardHelpOptions = true)
final class Down implements Callable<Integer> {

    @Mixin
    private PlayerPort port = new PlayerPort();

    @Override
    public Integer call() throws Exception {
        var platform = port.running();
        var launcher = ProcessHandle.of(platform.pid()).orElseThrow();
        launcher.destroy();
        try {
            launcher.onExit().get(Up.END_BOUND.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "platform on port " + platform.port() + " (pid " + platform.pid() + ") has not ended within "
                            + Up.END_BOUND.toSeconds() + " s",
                    e);
        }
        System.out.println("the platform on port " + platform.port() + " has ended");
        return 0;
    }
}
