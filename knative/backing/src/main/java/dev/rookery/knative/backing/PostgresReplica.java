package dev.rookery.knative.backing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A streaming replica of a [Postgres]: it replays the primary's log as that is written, and may be read from.
///
/// It is nothing but a copy, so whatever does not go on from where the primary is, is made anew: data of another
/// primary or of one that went its own way, and data for which the primary does not have the log any more. That
/// is looked at when it starts, and while it runs: a replica that can follow no more ends by itself, and who
/// starts it again has one that does.
public final class PostgresReplica implements AutoCloseable {

    private static final int PASSWORD_BYTES = 18;
    /// From serving to following the primary; the log that it has by itself is replayed first.
    private static final Duration FOLLOW_BOUND = Duration.ofSeconds(10);
    /// Made anew it can do no better: then the machine is slow.
    private static final Duration FOLLOW_ANEW_BOUND = Duration.ofSeconds(60);
    private static final Duration SLOT_BOUND = Duration.ofSeconds(10);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(2);
    private static final int PAUSE_MILLIS = 20;

    private final Path folder;
    private final Postgres primary;
    private final int port;
    private final boolean ephemeral;
    private final Thread looking;
    /// Held while it is started: nobody looks at one that is half made.
    private final ReentrantLock starting = new ReentrantLock();

    private volatile @Nullable ChildProcess process;

    private PostgresReplica(Path folder, Postgres primary, int port, boolean ephemeral) {
        this.folder = folder;
        this.primary = primary;
        this.port = port == 0 ? Ports.free() : port;
        this.ephemeral = ephemeral;
        restart();
        this.looking = Thread.ofPlatform().name("look-at-replica").daemon().start(this::endWhenItCanFollowNoMore);
    }

    /// Starts on a data folder, which is made when it is not there or does not fit, and waits until it serves and
    /// follows.
    ///
    /// @param primary serves
    /// @param port    0 for a free one
    /// @throws IllegalStateException when it does not start; the message has the end of its log
    public static PostgresReplica start(Path folder, Postgres primary, int port) {
        return new PostgresReplica(folder, primary, port, false);
    }

    /// On a free port and a folder that goes with it.
    public static PostgresReplica startEphemeral(Postgres primary) {
        return new PostgresReplica(Folders.temporary("replica"), primary, 0, true);
    }

    /// Roles and their passwords are the primary's.
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process().pid();
    }

    public CompletableFuture<Integer> onExit() {
        return process().onExit();
    }

    /// Ends the server; the data stays for [#restart].
    public void stop() {
        process().close();
    }

    /// Starts again, on the same port, a server that has ended, and waits until it serves. While the primary is
    /// away it serves what it has.
    public void restart() {
        starting.lock();
        try {
            process = run();
        } finally {
            starting.unlock();
        }
    }

    @Override
    public void close() {
        looking.interrupt();
        process().close();
        if (ephemeral) {
            Folders.delete(folder);
        }
    }

    private ChildProcess run() {
        try (var upstream = Upstream.connect(primary)) {
            upstream.allow(password());
            var begun = fits(upstream) ? follower(FOLLOW_BOUND) : null;
            if (begun != null) {
                return begun;
            }
            make(upstream);
            var made = follower(FOLLOW_ANEW_BOUND);
            if (made == null) {
                throw new IllegalStateException("replica: made anew it does not follow its primary within "
                        + FOLLOW_ANEW_BOUND + "; see " + folder.resolve("postgres.log"));
            }
            return made;
        } catch (SQLException e) {
            if (Files.exists(data())) {
                return serving();
            }
            throw new IllegalStateException("replica: cannot be made without its primary: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("replica: " + folder + " cannot be written", e);
        }
    }

    /// What else may be wrong with it shows when it starts: then it does not follow.
    private boolean fits(Upstream upstream) throws SQLException {
        return Files.exists(data().resolve("standby.signal")) && upstream.hasTheLog();
    }

    /// The log is kept from before the copy begins, so nothing of it is missing.
    private void make(Upstream upstream) throws SQLException, IOException {
        upstream.cutOff();
        awaits(() -> !upstream.isInUse(), SLOT_BOUND);
        upstream.renewSlot();
        var partial = folder.resolve("data.new");
        delete(partial);
        delete(data());
        BaseBackup.take(upstream.session(), upstream.data(), partial);
        Files.createFile(partial.resolve("standby.signal"));
        Files.move(partial, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Started, serving and following; null when the data is not good for that.
    private @Nullable ChildProcess follower(Duration bound) throws SQLException {
        ChildProcess started;
        try {
            started = serving();
        } catch (IllegalStateException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return null;
        }
        boolean isFollowing = false;
        try {
            isFollowing = awaits(this::isFollowing, bound);
        } finally {
            if (!isFollowing) {
                started.close();
            }
        }
        return isFollowing ? started : null;
    }

    /// A primary that has gone since is followed when it is back.
    private boolean isFollowing() {
        try (var upstream = Upstream.connect(primary)) {
            return upstream.isFollowed();
        } catch (SQLException e) {
            return true;
        }
    }

    private ChildProcess serving() {
        nameThePrimary();
        var settings = Map.of(
                "hot_standby", "on",
                // What a query here still reads is not cleaned away there, and a long one does not hold up replay.
                "hot_standby_feedback", "on",
                "max_standby_streaming_delay", "1s",
                "wal_receiver_status_interval", "1s",
                "wal_receiver_timeout", "5s",
                "wal_retrieve_retry_interval", "200ms");
        return PostgresProgram.run(folder, port, settings, this::serves);
    }

    /// Anew at each start: the primary's port may be another one. Nobody else may read the folder.
    private void nameThePrimary() {
        var settings = """
                primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s sslmode=disable gssencmode=disable'
                primary_slot_name = '%s'
                """.formatted(primary.port(), Upstream.ROLE, password(), Upstream.SLOT);
        try {
            Files.writeString(data().resolve("postgresql.auto.conf"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("replica: " + data() + " cannot be written", e);
        }
    }

    private boolean serves() {
        return PostgresProgram.serves(jdbcUrl("postgres"), port, primary.superuser(), primary.password());
    }

    private void endWhenItCanFollowNoMore() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(LOOK_INTERVAL.toMillis());
                if (starting.tryLock()) {
                    try {
                        look();
                    } finally {
                        starting.unlock();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try (var upstream = Upstream.connect(primary)) {
            if (!upstream.hasTheLog()) {
                process().stop();
            }
        } catch (SQLException e) {
            // Nothing can be said while the primary is away.
        }
    }

    private static boolean awaits(Asking asking, Duration bound) throws SQLException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!asking.isSo()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the replica starts", e);
            }
        }
        return true;
    }

    private ChildProcess process() {
        var current = process;
        if (current == null) {
            throw new IllegalStateException("replica: has not been started");
        }
        return current;
    }

    private String password() {
        return SecretFile.read(folder.resolve("password"), PASSWORD_BYTES);
    }

    private Path data() {
        return PostgresProgram.data(folder);
    }

    private static void delete(Path each) {
        if (Files.exists(each)) {
            Folders.delete(each);
        }
    }

    private interface Asking {
        boolean isSo() throws SQLException;
    }
}
