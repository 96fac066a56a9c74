package dev.rookery.knative.backing;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// PostgreSQL's programs, and what its servers have in common, primary or replica: loopback only, what they say
/// they have written is on disk.
final class PostgresProgram {

    static final Duration START_BOUND = Duration.ofSeconds(60);
    static final Duration STOP_BOUND = Duration.ofSeconds(15);

    private PostgresProgram() {}

    /// The command line of a program, so far as it is the same for everybody.
    static List<String> words(String program) {
        var words = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            words.addAll(List.of("unshare", "-U"));
        }
        words.add(Binaries.postgres().resolve("bin").resolve(program).toString());
        return words;
    }

    /// Where in a server's folder PostgreSQL has its own.
    static Path data(Path folder) {
        return folder.resolve("data");
    }

    /// Starts a server on the data in its folder and waits until it serves.
    static ChildProcess run(Path folder, int port, Map<String, String> settings, BooleanSupplier serves) {
        var words = words("postgres");
        words.addAll(List.of("-D", data(folder).toString(), "-p", Integer.toString(port)));
        var all = new TreeMap<>(Map.of(
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "fsync", "on",
                "max_connections", "100"));
        all.putAll(settings);
        all.forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        // INT is a fast shutdown: sessions are ended, the data is closed in order.
        var started =
                ChildProcess.start(new ChildProcess.Command("postgres", words, Map.of(), folder, "INT", STOP_BOUND));
        started.await(serves, START_BOUND);
        return started;
    }

    static boolean serves(String url, int port, String user, String password) {
        if (!Ports.isServed(port)) {
            return false;
        }
        try (var connection = DriverManager.getConnection(url, user, password)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
