package dev.rookery.knative.local;

import dev.rookery.knative.backing.Ports;
import picocli.CommandLine.Option;

/// The option that tells one platform of this machine from another.
final class PlayerPort {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:ROOKERY_PORT:-8080}",
            description = "where players connect (default: ROOKERY_PORT, else 8080)")
    private int port = 8080;

    /// The port, for a platform that is to be started.
    ///
    /// @throws IllegalStateException when somebody listens there
    int requireFree() {
        if (!Ports.isFree(port)) {
            throw new IllegalStateException("port: " + port
                    + " is in use (expected: a free one; choose another by --port, or end what listens there)");
        }
        return port;
    }

    /// The platform that runs.
    ///
    /// @throws IllegalStateException when none runs
    RunningPlatform running() {
        return RunningPlatform.find(Rookery.home(), port)
                .orElseThrow(() -> new IllegalStateException("no platform runs on port " + port
                        + " (expected: one that ./rookery up has started; another port by --port)"));
    }
}
