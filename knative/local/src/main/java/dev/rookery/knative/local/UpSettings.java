package dev.rookery.knative.local;

import java.nio.file.Path;

/// How a platform is started.
///
/// @param home      folder of the project, with built applications
/// @param manifests kustomization that says what runs, such as `knative/overlays/local`
/// @param data      what survives a restart
/// @param ephemeral whether the data folder is deleted in the end
/// @param port      where players connect; of several gateways, to the first
/// @param gateways  how many of them run, each on a port of its own
/// @param training  whether gateway and functions end with an AOT cache of what they did
record UpSettings(Path home, Path manifests, Path data, boolean ephemeral, int port, int gateways, boolean training) {

    static final int MAX_PORT = 65_535;
    private static final int MAX_GATEWAYS = 4;

    UpSettings {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("--port: " + port + " (expected: 1.." + MAX_PORT + ")");
        }
        requireGateways(gateways);
    }

    static void requireGateways(int gateways) {
        if (gateways < 1 || gateways > MAX_GATEWAYS) {
            throw new IllegalArgumentException("--gateways: " + gateways + " (expected: 1.." + MAX_GATEWAYS + ")");
        }
    }

    Path logs() {
        return data.resolve("logs");
    }
}
