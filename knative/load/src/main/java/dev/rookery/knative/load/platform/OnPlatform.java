package dev.rookery.knative.load.platform;

import dev.rookery.knative.local.RunningPlatform;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The option that says which platform of this machine is meant; part of every command.
public final class OnPlatform {

    private static final String HOME = "ROOKERY_HOME";

    @Option(
            names = "--port",
            defaultValue = "${env:ROOKERY_PORT:-8080}",
            paramLabel = "PORT",
            description = "where its players connect (default: ROOKERY_PORT, else 8080)")
    private int port;

    /// @throws NoPlatformException when none runs there
    public RunningPlatform find() {
        return find(port);
    }

    /// The platform whose players connect to a port.
    ///
    /// @throws NoPlatformException when none runs there
    public static RunningPlatform find(int port) {
        var home = Path.of(System.getenv().getOrDefault(HOME, ""));
        return RunningPlatform.find(home.toAbsolutePath(), port).orElseThrow(() -> new NoPlatformException(port));
    }
}
