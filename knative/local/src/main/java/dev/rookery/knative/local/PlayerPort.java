package dev.rookery.knative.local;

import picocli.CommandLine.Option;

/// The option that tells one platform of this machine from another.
final class PlayerPort {

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "where players connect")
    private int port = 8080;

    int port() {
        return port;
    }

    /// @throws IllegalStateException when none runs
    RunningPlatform running() {
        return RunningPlatform.find(Rookery.home(), port)
                .orElseThrow(() -> new IllegalStateException("no platform runs on port " + port
                        + " (expected: one that ./rookery up has started; another port by --port)"));
    }
}
