package dev.rookery.knative.local.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The operators' page as `gateway/client/web` has packed it: files in memory, by name. A name that is asked for never
/// becomes a path of the file system. There are none when it was built without Node.
final class PageFiles {

    private static final String FOLDER = "/rookery-ops/";
    private static final String LIST = "files.txt";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, byte[]> files;

    private PageFiles(Map<String, byte[]> files) {
        this.files = Map.copyOf(files);
    }

    static PageFiles packed() {
        var files = new HashMap<String, byte[]>();
        read(LIST)
                .ifPresent(list -> new String(list, StandardCharsets.UTF_8)
                        .lines()
                        .forEach(name -> files.put(
                                name,
                                read(name)
                                        .orElseThrow(() -> new IllegalStateException(FOLDER + name
                                                + ": is not there (expected: what " + LIST + " names)")))));
        return new PageFiles(files);
    }

    /// @param name such as `index.html` or `assets/index-Bq1.js`
    Optional<byte[]> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private static Optional<byte[]> read(String name) {
        try (var file = PageFiles.class.getResourceAsStream(FOLDER + name)) {
            return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
