package dev.rookery.knative.local;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Starts the gateways again, one after the other, as a rollout in a cluster would; players move meanwhile.
@Command(
        name = "roll",
        description = "Starts the gateways again, one after the other. Of a single one there is a moment without any.",
        mixinStandardHelpOptions = true)
final class Roll implements Callable<Integer> {

    @Mixin
    private PlayerPort port = new PlayerPort();

    @Parameters(paramLabel = "WORKLOAD", description = "gateway")
    private String workload = "";

    @Override
    public Integer call() throws Exception {
        for (var each : ManagementDoor.of(port.running()).ask(Management.ROLL, workload)) {
            System.out.printf(
                    Locale.ROOT, "%-10s ended and serves again, %.1f s%n", each.name(), each.millis() / 1_000.0);
        }
        return 0;
    }
}
