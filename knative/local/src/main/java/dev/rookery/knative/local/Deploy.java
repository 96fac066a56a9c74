package dev.rookery.knative.local;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Gives a function of a running platform a new revision, of what was built last.
@Command(
        name = "deploy",
        description = "Gives a function a new revision; no delivery fails meanwhile.",
        mixinStandardHelpOptions = true)
final class Deploy implements Callable<Integer> {

    @Mixin
    private PlayerPort port = new PlayerPort();

    @Parameters(paramLabel = "FUNCTION", description = "such as wallet")
    private String function = "";

    @Override
    public Integer call() throws Exception {
        ManagementDoor.of(port.running())
                .ask(Management.DEPLOY, function)
                .forEach(each ->
                        System.out.printf(Locale.ROOT, "%s serves, %.1f s%n", each.name(), each.millis() / 1_000.0));
        return 0;
    }
}
