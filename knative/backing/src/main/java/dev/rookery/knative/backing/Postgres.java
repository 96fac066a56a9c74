package dev.rookery.knative.backing;

import java.nio.file.Files;
import java.nio.file.Path;
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
    /// What is kept of the log for a replica that is away; one that is away for longer is made anew.
    private static final String KEPT_FOR_A_REPLICA = "256MB";
    /// A replica that is halted, and one that is gone without a word, does not hold up the end of the primary for
    /// longer.
    private static final String SILENT_REPLICA = "5s";

    private final Path folder;
    private final int port;
    private final String password;
    private final boolean ephemeral;
    private volatile ChildProcess process;

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
        var words = PostgresProgram.words("initdb");
        words.addAll(List.of(
                "--pgdata=" + data(),
                "--username=" + SUPERUSER,
                "--pwfile=" + folder.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--data-checksums"));
        var initdb = ChildProcess.start(
                new ChildProcess.Command("initdb", words, Map.of(), folder, "TERM", PostgresProgram.STOP_BOUND));
        try {
            int code = initdb.onExit().get(PostgresProgram.START_BOUND.toSeconds(), TimeUnit.SECONDS);
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
        var settings = Map.of(
                "synchronous_commit",
                "on",
                "full_page_writes",
                "on",
                "max_slot_wal_keep_size",
                KEPT_FOR_A_REPLICA,
                "wal_sender_timeout",
                SILENT_REPLICA);
        return PostgresProgram.run(folder, port, settings, this::serves);
    }

    private boolean serves() {
        return PostgresProgram.serves(jdbcUrl("postgres"), port, SUPERUSER, password);
    }

    /// PostgreSQL's own folder.
    Path data() {
        return PostgresProgram.data(folder);
    }
}
