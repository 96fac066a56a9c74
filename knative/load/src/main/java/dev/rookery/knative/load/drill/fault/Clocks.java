package dev.rookery.knative.load.drill.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/// The clocks of functions: each reads how far it is off, in ISO 8601, from a file that has the function's name.
///
/// @param folder of the files
public record Clocks(Path folder) {

    /// @throws IOException when the folder cannot be made
    public static Clocks in(Path folder) throws IOException {
        return new Clocks(Files.createDirectories(folder));
    }

    /// What functions need to be told to read them.
    public Map<String, String> environment() {
        return Map.of("ROOKERY_CLOCK_OFFSETS", folder.toString());
    }

    /// From now on that function's clock is so far off.
    void set(String function, Duration offset) throws IOException {
        var next = Files.writeString(folder.resolve(function + ".next"), offset.toString());
        Files.move(next, folder.resolve(function), StandardCopyOption.ATOMIC_MOVE);
    }
}
