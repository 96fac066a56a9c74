package dev.rookery.knative.load.bench.cold;

import dev.rookery.knative.local.AotCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

/// The same function as most Spring Boot applications are shipped: one jar with its libraries in it, made by Boot's
/// own tool.
final class FatJar {

    private FatJar() {}

    /// @param folder for it
    static Path of(AotCache function, Path folder) throws IOException {
        var jar = folder.resolve("fat-" + function.jar().getFileName());
        new Repackager(function.jar().toFile()).repackage(jar.toFile(), libraries -> {
            try (var files = Files.list(function.jar().resolveSibling("lib"))) {
                for (var each : files.sorted().toList()) {
                    libraries.library(new Library(each.toFile(), LibraryScope.RUNTIME));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return jar;
    }
}
