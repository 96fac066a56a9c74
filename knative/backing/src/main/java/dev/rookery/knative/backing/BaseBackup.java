package dev.rookery.knative.backing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A copy of a running primary's data from which a replica can start: PostgreSQL's manual, "Making a Base Backup
/// Using the Low Level API". The programs that Maven brings have no `pg_basebackup`.
///
/// The files are copied while the primary writes to them, so by themselves they fit nothing. `backup_label` says
/// from where in the primary's log they have to be brought up to date, and until when they may not be read.
final class BaseBackup {

    private static final Path CONTROL = Path.of("global", "pg_control");
    /// Folders whose contents are the running server's own, and are made again by the next one.
    private static final Set<Path> EMPTIED = Set.of(
            Path.of("pg_wal"),
            Path.of("pg_replslot"),
            Path.of("pg_dynshmem"),
            Path.of("pg_notify"),
            Path.of("pg_serial"),
            Path.of("pg_snapshots"),
            Path.of("pg_stat_tmp"),
            Path.of("pg_subtrans"));
    /// The others of its own. The settings are the replica's; the control file comes last.
    private static final Set<Path> LEFT_OUT =
            Set.of(Path.of("postmaster.pid"), Path.of("postmaster.opts"), Path.of("postgresql.auto.conf"), CONTROL);

    private BaseBackup() {}

    /// @param primary a session of the primary's superuser: the backup lasts as long as it does
    /// @param from    the primary's data
    /// @param to      made; nothing may be there
    static void take(Connection primary, Path from, Path to) throws SQLException, IOException {
        try (var start = primary.prepareStatement("select pg_backup_start('replica', fast => true)")) {
            start.execute();
        }
        copy(from, to);
        Files.copy(from.resolve(CONTROL), to.resolve(CONTROL), StandardCopyOption.COPY_ATTRIBUTES);
        try (var stop = primary.prepareStatement("select labelfile from pg_backup_stop(wait_for_archive => false)");
                var stopped = stop.executeQuery()) {
            stopped.next();
            Files.writeString(to.resolve("backup_label"), stopped.getString(1));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                var name = from.relativize(folder);
                Files.createDirectory(
                        to.resolve(name),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                return EMPTIED.contains(name) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var name = from.relativize(file);
                if (!LEFT_OUT.contains(name) && !isTemporary(file)) {
                    copyIfThere(file, to.resolve(name));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                return skipIfGone(failure);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                return failure == null ? FileVisitResult.CONTINUE : skipIfGone(failure);
            }
        });
    }

    /// A table that is dropped meanwhile is dropped again when the log is replayed.
    private static void copyIfThere(Path file, Path to) throws IOException {
        try {
            Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException e) {
            Files.deleteIfExists(to);
        }
    }

    private static FileVisitResult skipIfGone(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    private static boolean isTemporary(Path file) {
        var name = file.getFileName().toString();
        return name.startsWith("pgsql_tmp") || name.startsWith("pg_internal.init");
    }
}
