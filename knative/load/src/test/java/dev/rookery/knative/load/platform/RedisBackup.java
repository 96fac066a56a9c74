package dev.rookery.knative.load.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// What Redis held at one moment, so that it can lose what it was told afterwards: as a replica does that is
/// promoted before it has heard of the last writes.
final class RedisBackup {

    private static final String APPENDED = "appendonlydir";

    private final Launched launched;
    private final Path copy;

    private RedisBackup(Launched launched, Path copy) {
        this.launched = launched;
        this.copy = copy;
    }

    /// Of everything that Redis has answered by now; it writes to its files before it answers.
    static RedisBackup take(Launched launched) {
        try {
            var copy = Files.createTempDirectory("redis-backup-");
            copy(files(launched), copy);
            return new RedisBackup(launched, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Kills Redis and waits until it serves again with what it held then. Once only: the copy is used up.
    void comeBack() {
        long killed = launched.pid("redis");
        // Halted, it is not started again before its files are those of then.
        launched.signal("redis", "STOP");
        try {
            var files = files(launched);
            delete(files);
            Files.createDirectory(files);
            copy(copy, files);
            delete(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            launched.signal("redis", "KILL");
        }
        launched.awaitRestartOf("redis", killed);
    }

    private static Path files(Launched launched) {
        return launched.platform().data().resolve("redis").resolve(APPENDED);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.newDirectoryStream(from)) {
            for (var file : files) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
