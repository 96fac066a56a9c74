package dev.rookery.knative.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;

/// What a revision runs: a copy of what was built, so that a later build changes nothing that runs. Libraries of
/// others are the same files, since no build writes them again.
///
/// @param folder of the copies: one for each revision
record Images(Path folder) {

    private static final String OURS = "-SNAPSHOT.jar";

    /// Forgets those of an earlier platform.
    static Images in(Path folder) {
        try {
            delete(folder);
            Files.createDirectories(folder);
            return new Images(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("revisions: " + folder + " cannot be used", e);
        }
    }

    /// @param jar  in a folder with its libraries
    /// @param name of the copy's folder
    /// @return the jar's copy
    Path take(Path jar, String name) {
        var from = jar.resolveSibling("");
        var to = folder.resolve(name);
        try {
            delete(to);
            try (var all = Files.walk(from)) {
                for (var each : all.toList()) {
                    copy(each, to.resolve(from.relativize(each).toString()));
                }
            }
            return to.resolve(jar.getFileName());
        } catch (IOException e) {
            throw new UncheckedIOException("image: " + from + " cannot be copied to " + to, e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            Files.createDirectories(to);
        } else if (isNeverChanged(from)) {
            link(from, to);
        } else {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /// Libraries of others, and AOT caches, which the JVM writes as new files.
    private static boolean isNeverChanged(Path file) {
        var name = file.toString();
        return name.endsWith(".aot") || (file.resolveSibling("").endsWith("lib") && !name.endsWith(OURS));
    }

    private static void link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException e) {
            // On another file system there are no links.
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
