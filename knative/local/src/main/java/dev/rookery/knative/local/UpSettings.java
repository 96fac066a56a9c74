package dev.rookery.knative.local;

import java.nio.file.Path;

/// How a platform is started.
///
/// @param home      folder of the project: manifests and built applications
/// @param data      what survives a restart
/// @param ephemeral whether the data folder is deleted in the end
/// @param port      where players connect
record UpSettings(Path home, Path data, boolean ephemeral, int port) {

    private static final int MAX_PORT = 65_535;

    UpSettings {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("--port: " + port + " (expected: 1.." + MAX_PORT + ")");
        }
    }

    Path manifests() {
        return home.resolve("knative").resolve("base");
    }

    Path logs() {
        return data.resolve("logs");
    }
}
