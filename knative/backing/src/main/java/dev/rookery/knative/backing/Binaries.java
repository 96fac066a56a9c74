package dev.rookery.knative.backing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The servers' programs, unpacked once from the Maven artifacts on the class path into the user's cache folder,
/// under the checksum of what was unpacked: another version is another folder.
final class Binaries {

    private static final String OVERRIDE = "ROOKERY_CACHE";

    private Binaries() {}

    /// @return the folder with `bin/postgres`, `bin/initdb`, `lib` and `share`
    static Path postgres() {
        var os = isMac() ? "darwin" : "linux";
        var processor = isArm() ? "arm_64" : "x86_64";
        return unpacked("/postgres-" + os + "-" + processor + ".txz", "postgres", Binaries::untar);
    }

    /// @return the program `redis-server`
    static Path redis() {
        var os = isMac() ? "darwin" : "linux";
        var processor = isArm() ? "arm64" : "amd64";
        var resource = "/redis-server-7.0.15-" + os + "-" + processor;
        return unpacked(resource, "redis", (in, folder) -> {
                    var program = folder.resolve("redis-server");
                    Files.copy(in, program);
                    makeExecutable(program);
                })
                .resolve("redis-server");
    }

    private static Path unpacked(String resource, String name, Unpacking unpacking) {
        try {
            var folder = cache().resolve(name + "-" + checksum(resource));
            if (!Files.exists(folder)) {
                Files.createDirectories(folder.getParent());
                var partial = Files.createTempDirectory(folder.getParent(), name + "-");
                try (var in = open(resource)) {
                    unpacking.unpack(in, partial);
                }
                moveInto(partial, folder);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be unpacked", e);
        }
    }

    /// Another process may have been faster: then its copy is as good as ours.
    private static void moveInto(Path partial, Path folder) throws IOException {
        Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            Folders.delete(partial);
        }
    }

    private static void untar(InputStream in, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, folder);
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        var target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("entry: " + entry.getName() + " (expected: inside the archive)");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if ((entry.getMode() & 0100) != 0) {
            makeExecutable(target);
        }
    }

    private static void makeExecutable(Path program) throws IOException {
        Files.setPosixFilePermissions(
                program,
                Set.of(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.OWNER_EXECUTE,
                        PosixFilePermission.GROUP_READ,
                        PosixFilePermission.GROUP_EXECUTE,
                        PosixFilePermission.OTHERS_READ,
                        PosixFilePermission.OTHERS_EXECUTE));
    }

    private static String checksum(String resource) throws IOException {
        var crc = new CRC32();
        try (var in = open(resource)) {
            var buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
            }
        }
        return Long.toHexString(crc.getValue());
    }

    private static InputStream open(String resource) {
        var in = Binaries.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("no binaries for this machine: " + resource
                    + " is not on the class path (expected: Linux or macOS, on x86-64 or ARM-64)");
        }
        return in;
    }

    private static Path cache() {
        var override = System.getenv(OVERRIDE);
        return override == null ? Path.of(System.getProperty("user.home"), ".cache", "rookery") : Path.of(override);
    }

    private static boolean isMac() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    }

    private static boolean isArm() {
        return System.getProperty("os.arch").equals("aarch64");
    }

    private interface Unpacking {
        void unpack(InputStream in, Path folder) throws IOException;
    }
}
