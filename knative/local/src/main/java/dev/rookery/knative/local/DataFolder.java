package dev.rookery.knative.local;

import dev.rookery.eventing.catalog.CatalogFolder;
import dev.rookery.eventing.contract.Catalog;
import dev.rookery.knative.backing.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// The folder in which a platform keeps what survives a restart. One platform at a time has it, by a lock that
/// the system takes back when its process ends, however it ends.
final class DataFolder implements AutoCloseable {

    /// The ConfigMap of the catalog.
    static final String CATALOG = "rookery-catalog";

    private static final int TOKEN_SECRET_BYTES = 32;

    private final UpSettings settings;
    private final FileChannel lock;

    private DataFolder(UpSettings settings, FileChannel lock) {
        this.settings = settings;
        this.lock = lock;
    }

    /// @throws IllegalStateException when another platform has it
    static DataFolder open(UpSettings settings) {
        var file = settings.data().resolve("lock");
        try {
            Files.createDirectories(settings.logs());
            var lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(lock)) {
                lock.close();
                throw new IllegalStateException("data folder: " + settings.data()
                        + " belongs to a platform that runs (expected: another one by --data, or --ephemeral)");
            }
            return new DataFolder(settings, lock);
        } catch (IOException e) {
            throw new UncheckedIOException("data folder: " + settings.data() + " cannot be used", e);
        }
    }

    private static boolean isLocked(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path of(String server) {
        return settings.data().resolve(server);
    }

    /// The secret by which players' tokens are signed here; made once, readable by its owner alone.
    String tokenSecret() {
        return SecretFile.read(of("token-secret"), TOKEN_SECRET_BYTES);
    }

    /// The key by which the ledger is sealed here, as PEM; made once, readable by its owner alone. Its public
    /// half is beside it, for whoever verifies.
    String sealKey() {
        return SealKeyFile.read(of("seal-key"), of("seal-key.pub"));
    }

    /// ConfigMaps as folders of files, written anew.
    ///
    /// @param configMaps files by the map's name and the key
    /// @return the folders by the map's name
    Map<String, Path> configMaps(Map<String, Map<String, Path>> configMaps) {
        var folders = new TreeMap<String, Path>();
        configMaps.forEach((name, files) -> folders.put(name, configMap(name, files)));
        return folders;
    }

    /// The catalog of the platform whose folder this is.
    static Catalog catalog(Path data) {
        return CatalogFolder.read(configMap(data, CATALOG));
    }

    /// Where a ConfigMap lies as a folder.
    static Path configMap(Path data, String name) {
        return data.resolve("config").resolve(name);
    }

    private Path configMap(String name, Map<String, Path> files) {
        var folder = configMap(settings.data(), name);
        try {
            delete(folder);
            Files.createDirectories(folder);
            for (var file : files.entrySet()) {
                Files.copy(file.getValue(), folder.resolve(file.getKey()));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("ConfigMap: " + name + " cannot be written to " + folder, e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
            if (settings.ephemeral()) {
                delete(settings.data());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("data folder: " + settings.data() + " cannot be given back", e);
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
