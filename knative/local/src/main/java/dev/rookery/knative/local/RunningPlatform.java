package dev.rookery.knative.local;

import dev.rookery.knative.local.ops.Primary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// What a platform that runs here tells other programs of this machine about itself: a small JSON file, named by
/// the players' port, that is there from the moment when the platform is ready until it ends. It holds no
/// secrets.
///
/// @param pid        of the launcher
/// @param started    when it was ready
/// @param ports      where players connect: one for each gateway, any of which serves any player; the first names
///                   the platform
/// @param data       the data folder
/// @param management base URL of the launcher's own health and metrics
/// @param kafka      bootstrap servers, `host:port`
/// @param redis      `redis://host:port`
/// @param postgres   the primary
/// @param processes  everything that runs, in the order in which it was started
public record RunningPlatform(
        long pid,
        Instant started,
        List<Integer> ports,
        Path data,
        String management,
        String kafka,
        String redis,
        Postgres postgres,
        List<Child> processes) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public RunningPlatform {
        ports = List.copyOf(ports);
        processes = List.copyOf(processes);
    }

    /// The primary, and how to get in as its superuser.
    ///
    /// @param url          JDBC URL of the database in which each function has its schema
    /// @param passwordFile readable by its owner alone
    public record Postgres(String url, String user, Path passwordFile) {

        /// @throws UncheckedIOException when the password cannot be read
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url, user, password());
        }

        /// @throws UncheckedIOException when the password cannot be read
        Primary primary() {
            return new Primary(url, user, password());
        }

        private String password() {
            try {
                return Files.readString(passwordFile).strip();
            } catch (IOException e) {
                throw new UncheckedIOException(passwordFile + " cannot be read", e);
            }
        }
    }

    /// @param name       such as `kafka`, `gateway` (`gateway-1` when there are several) or `wallet`
    /// @param pid        of the process itself
    /// @param port       where it serves
    /// @param management base URL of its health and metrics; empty when it has none
    /// @param restarts   how often it ended by itself and was started again
    public record Child(String name, long pid, int port, String management, int restarts) {}

    /// What the platform is known by: the first of the players' ports.
    public int port() {
        return ports.getFirst();
    }

    /// Where players connect: the first gateway.
    public String url() {
        return gateways().getFirst();
    }

    /// Where players connect: every gateway.
    ///
    /// @return base URLs, `http://host:port`
    public List<String> gateways() {
        return ports.stream().map(each -> "http://127.0.0.1:" + each).toList();
    }

    RunningPlatform with(List<Child> now) {
        return new RunningPlatform(pid, started, ports, data, management, kafka, redis, postgres, now);
    }

    /// The process of a name, as it was when the file was written.
    public Optional<Child> process(String name) {
        return processes.stream().filter(child -> child.name().equals(name)).findFirst();
    }

    /// The processes of a workload of which there may be none or several, such as a function's.
    public List<Child> instances(String workload) {
        return processes.stream()
                .filter(child ->
                        child.name().equals(workload) || child.name().matches(Pattern.quote(workload) + "-[0-9]+"))
                .toList();
    }

    /// The platform whose players connect to a port; empty when none runs, or what did was killed.
    ///
    /// @param home folder of the project
    public static Optional<RunningPlatform> find(Path home, int port) {
        try {
            var found = JSON.readValue(Files.readString(file(home, port)), RunningPlatform.class);
            return ProcessHandle.of(found.pid()).filter(found::isOf).map(alive -> found);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file(home, port) + " cannot be read", e);
        }
    }

    /// A pid may have gone to another process since, which then began later.
    private boolean isOf(ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .startInstant()
                        .map(begun -> begun.isBefore(started))
                        .orElse(true);
    }

    /// Readers see the old file or the new one, never half of it.
    void write(Path home) {
        var file = file(home, port());
        try {
            Files.createDirectories(file.getParent());
            var partial = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(partial, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    static void delete(Path home, int port) {
        try {
            Files.deleteIfExists(file(home, port));
        } catch (IOException e) {
            throw new UncheckedIOException(file(home, port) + " cannot be deleted", e);
        }
    }

    private static Path file(Path home, int port) {
        return home.resolve(".rookery").resolve("run").resolve(port + ".json");
    }
}
