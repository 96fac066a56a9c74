package dev.rookery.knative.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What an application's JVM has kept of an earlier run, beside the application's jar: its classes, loaded and
/// linked, and profiles of what ran. A process that begins with it begins where that run was warm.
///
/// The JVM takes it for jars of the same names, sizes and times alone, and never for another JVM. It does not look
/// into the jars: whoever changes times has to, see [#settle].
///
/// @param jar names its libraries, which lie in `lib/` beside it
public record AotCache(Path jar) {

    /// Of every file in an image, unless the image is told another.
    private static final FileTime IMAGE_TIME = FileTime.from(Instant.ofEpochSecond(1));

    private static final String JAR = ".jar";

    public AotCache {
        if (!jar.getFileName().toString().endsWith(JAR)) {
            throw new IllegalArgumentException("jar: " + jar + " (expected: *" + JAR + ")");
        }
    }

    public Path file() {
        return beside(".aot");
    }

    /// Whether it is there and no jar is younger.
    public boolean isFresh() {
        return Files.exists(file())
                && jars().stream().noneMatch(each -> changed(each).compareTo(changed(file())) > 0);
    }

    /// Gives the jars the time that they have in an image, so that one cache is good for both. The cache goes when it
    /// was written for jars that had anything else in them, whatever a build has done to their times.
    ///
    /// @return whether it is there still
    public boolean settle() {
        try {
            boolean isKept = Files.exists(file())
                    && Files.exists(recorded())
                    && Files.readString(recorded()).equals(content());
            if (!isKept) {
                Files.deleteIfExists(file());
                Files.deleteIfExists(recorded());
            }
            for (var each : jars()) {
                Files.setLastModifiedTime(each, IMAGE_TIME);
            }
            return isKept;
        } catch (IOException e) {
            throw new UncheckedIOException(file() + " cannot be settled", e);
        }
    }

    /// Records of which jars it was written, just after it was.
    ///
    /// @return whether it was written
    public boolean record() {
        if (!Files.exists(file())) {
            return false;
        }
        try {
            Files.writeString(recorded(), content());
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(recorded() + " cannot be written", e);
        }
    }

    /// Options of a JVM that writes it when it ends.
    List<String> writing() {
        return List.of("-XX:AOTCacheOutput=" + file());
    }

    /// Options of a JVM that begins with it; none when it is not fresh. One that does not fit is left alone by the
    /// JVM, which then starts as it would without.
    List<String> reading() {
        return isFresh() ? List.of("-XX:AOTCache=" + file(), "-XX:AOTMode=auto") : List.of();
    }

    private Path recorded() {
        return beside(".aot.jars");
    }

    private Path beside(String ending) {
        var name = jar.getFileName().toString();
        return jar.resolveSibling(name.substring(0, name.length() - JAR.length()) + ending);
    }

    private List<Path> jars() {
        var jars = new ArrayList<>(List.of(jar));
        try (var libraries = Files.list(jar.resolveSibling("lib"))) {
            libraries.sorted().forEach(jars::add);
            return jars;
        } catch (IOException e) {
            throw new UncheckedIOException(jar + " has no libraries", e);
        }
    }

    /// A line for each jar.
    private String content() throws IOException {
        var lines = new StringBuilder();
        for (var each : jars()) {
            lines.append(digest(each)).append("  ").append(each.getFileName()).append('\n');
        }
        return lines.toString();
    }

    private static String digest(Path file) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be looked at", e);
        }
    }
}
