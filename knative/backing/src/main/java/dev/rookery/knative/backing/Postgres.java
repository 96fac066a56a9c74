package dev.rookery.knative.backing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A PostgreSQL 18 server of our own: loopback only, passwords on, every commit on disk before it is answered.
///
/// PostgreSQL refuses to run as root; then it runs in a user namespace of its own, in which it is nobody.
public final class Postgres implements AutoCloseable {

    private static final String SUPERUSER = "postgres";
    private static final int PASSWORD_BYTES = 18;
    private static final Duration START_BOUND = Duration.ofSeconds(60);
    private static final Duration STOP_BOUND = Duration.ofSeconds(15);

    private final Path folder;
    private final int port;
    private final String password;
    private final boolean ephemeral;
    private ChildProcess process;

    private Postgres(Path folder, int port, boolean ephemeral) {
        this.folder = folder;
        this.port = port == 0 ? Ports.free() : port;
        this.ephemeral = ephemeral;
        this.password = password();
        initialize();
        this.process = run();
    }

    /// Starts on a data folder, which is made when it is not there, and waits until it serves.
    ///
    /// @param port 0 for a free one
    /// @throws IllegalStateException when it does not start; the message has the end of its log
    public static Postgres start(Path folder, int port) {
        return new Postgres(folder, port, false);
    }

    /// On a free port and a folder that goes with it.
    public static Postgres startEphemeral() {
        return new Postgres(Folders.temporary("postgres"), 0, true);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String superuser() {
        return SUPERUSER;
    }

    /// The superuser's; made with the data folder, and readable by its owner alone.
    public String password() {
        return SecretFile.read(folder.resolve("password"), PASSWORD_BYTES);
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public CompletableFuture<Integer> onExit() {
        return process.onExit();
    }

    /// Ends the server; the data stays for [#restart].
    public void stop() {
        process.close();
    }

    /// Starts again, on the same data and port, a server that has ended, and waits until it serves.
    public void restart() {
        process = run();
    }

    @Override
    public void close() {
        process.close();
        if (ephemeral) {
            Folders.delete(folder);
        }
    }

    private void initialize() {
        if (Files.exists(data().resolve("PG_VERSION"))) {
            return;
        }
        var words = asNobody(program("initdb"));
        words.addAll(List.of(
                "--pgdata=" + data(),
                "--username=" + SUPERUSER,
                "--pwfile=" + folder.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--data-checksums"));
        var initdb =
                ChildProcess.start(new ChildProcess.Command("initdb", words, Map.of(), folder, "TERM", STOP_BOUND));
        try {
            int code = initdb.onExit().get(START_BOUND.toSeconds(), TimeUnit.SECONDS);
            if (code != 0) {
                throw new IllegalStateException(
                        "initdb ended with code " + code + "; see " + folder.resolve("initdb.log"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during initdb", e);
        } catch (ExecutionException | TimeoutException e) {
            initdb.close();
            throw new IllegalStateException("initdb did not end; see " + folder.resolve("initdb.log"), e);
        }
    }

    private ChildProcess run() {
        var words = asNobody(program("postgres"));
        words.addAll(List.of("-D", data().toString(), "-p", Integer.toString(port)));
        var settings = Map.of(
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "fsync", "on",
                "synchronous_commit", "on",
                "full_page_writes", "on",
                "max_connections", "100");
        settings.forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        // INT is a fast shutdown: sessions are ended, the data is closed in order.
        var started =
                ChildProcess.start(new ChildProcess.Command("postgres", words, Map.of(), folder, "INT", STOP_BOUND));
        started.await(this::serves, START_BOUND);
        return started;
    }

    private boolean serves() {
        if (!Ports.isServed(port)) {
            return false;
        }
        try (var connection = DriverManager.getConnection(jdbcUrl("postgres"), SUPERUSER, password)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static Path program(String name) {
        return Binaries.postgres().resolve("bin").resolve(name);
    }

    private static List<String> asNobody(Path program) {
        var words = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            words.addAll(List.of("unshare", "-U"));
        }
        words.add(program.toString());
        return words;
    }
}
