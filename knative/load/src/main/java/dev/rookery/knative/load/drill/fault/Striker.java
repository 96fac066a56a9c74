package dev.rookery.knative.load.drill.fault;

import dev.rookery.knative.load.platform.Database;
import dev.rookery.knative.load.platform.OwnPlatform;
import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Does what a [Fault] says to a platform. A fault blocks its thread until it is over: a process that was killed
/// serves again, one that was halted goes on.
///
/// @param lines  between players and gateways, by the gateway's name
/// @param clocks of functions
/// @param lull   when nobody asks for anything
/// @param prefix of the players' ids
public record Striker(OwnPlatform platform, Map<String, Lines> lines, Clocks clocks, Lull lull, String prefix) {

    /// Longer than the slowest takes to come back on a busy machine.
    private static final Duration RETURN_BOUND = Duration.ofMinutes(3);
    private static final Duration ROLL_BOUND = Duration.ofMinutes(5);
    private static final int REDIS_MILLIS = 5_000;
    private static final long PAUSE_MILLIS = 50;

    /// @return what there is to say about how it went; empty when nothing
    /// @throws IOException  when it could not be done, because what it was to meet is away already
    /// @throws SQLException for the same reason
    public String strike(Fault fault) throws IOException, SQLException, InterruptedException {
        return switch (fault.kind()) {
            case KILL -> kill(fault.target(), "KILL");
            case STOP_POSTGRES -> kill("postgres", "QUIT");
            case HALT -> halt(fault);
            case END_SESSIONS -> endSessions();
            case FLUSH_REDIS -> flush();
            case DEADLOCK -> deadlock(fault.length());
            case PAUSE_REPLAY -> pauseReplay(fault.length());
            case HOLD_LINES -> {
                lines(fault).hold(fault.length());
                yield "";
            }
            case CUT_LINES -> {
                lines(fault).cut();
                yield "";
            }
            case HALF_OPEN_LINES -> {
                lines(fault).halfOpen(fault.length());
                yield "";
            }
            case ROLL_GATEWAYS -> post("/roll/gateway");
            case ROLL_FUNCTION -> post("/deploy/" + fault.target());
            case JUMP_CLOCK -> jump(fault);
            case LULL -> rest(fault.length());
            case CRASH -> {
                platform.crash();
                yield "";
            }
        };
    }

    private String kill(String process, String signal) throws IOException, InterruptedException {
        var target = process(process);
        signal(target.pid(), signal);
        long deadline = System.nanoTime() + RETURN_BOUND.toNanos();
        while (!isBack(target)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(target.name() + " is not back after " + RETURN_BOUND);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return "";
    }

    /// An instance of a function may not be needed any more.
    private boolean isBack(RunningPlatform.Child killed) {
        var now = platform.now().process(killed.name());
        return now.isEmpty() ? isFunction(killed) : now.get().pid() != killed.pid();
    }

    private static boolean isFunction(RunningPlatform.Child child) {
        return Schedule.FUNCTIONS.stream().anyMatch(child.name()::startsWith);
    }

    private String halt(Fault fault) throws IOException, InterruptedException {
        var running = platform.now();
        long pid = fault.target().equals(Schedule.PLATFORM)
                ? running.pid()
                : process(fault.target()).pid();
        signal(pid, "STOP");
        try {
            TimeUnit.NANOSECONDS.sleep(fault.length().toNanos());
        } finally {
            // Killed meanwhile, perhaps: then there is nothing to go on.
            if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
                signal(pid, "CONT");
            }
        }
        return "";
    }

    private String endSessions() throws SQLException {
        try (var connection = database().connect();
                var statement = connection.createStatement();
                var ended = statement.executeQuery("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where usename in ('wallet', 'rounds')")) {
            ended.next();
            return ended.getInt(1) + " sessions";
        }
    }

    private String flush() throws IOException {
        var redis = URI.create(platform.now().redis());
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), redis.getPort())) {
            socket.setSoTimeout(REDIS_MILLIS);
            socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
            return answer.equals("+OK") ? "" : "answered " + answer;
        }
    }

    private String deadlock(Duration length) throws SQLException, InterruptedException {
        int before = deadlocks();
        int ours = new Deadlocks(database(), prefix).force(length);
        return deadlocks() - before + " deadlocks, " + ours + " of them ended us";
    }

    /// PostgreSQL's own count, which may be a little late.
    private int deadlocks() throws SQLException {
        try (var connection = database().connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery(
                        "select deadlocks from pg_stat_database where datname = current_database()")) {
            found.next();
            return found.getInt(1);
        }
    }

    private String pauseReplay(Duration length) throws SQLException, IOException, InterruptedException {
        var replica = database().at(process("replica").port());
        try (var connection = replica.connect();
                var statement = connection.createStatement()) {
            statement.execute("select pg_wal_replay_pause()");
            try {
                TimeUnit.NANOSECONDS.sleep(length.toNanos());
            } finally {
                statement.execute("select pg_wal_replay_resume()");
            }
        }
        return "";
    }

    private String jump(Fault fault) throws IOException, InterruptedException {
        clocks.set(fault.target(), fault.jump());
        try {
            TimeUnit.NANOSECONDS.sleep(fault.length().toNanos());
        } finally {
            clocks.set(fault.target(), Duration.ZERO);
        }
        return "";
    }

    private String rest(Duration bound) throws InterruptedException {
        long from = System.nanoTime();
        lull.begin();
        try {
            while (platform.find().isEmpty() || isAwake()) {
                if (System.nanoTime() - from > bound.toNanos()) {
                    return "not at zero";
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            return "at zero after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from) + " ms";
        } finally {
            lull.end();
        }
    }

    private String post(String path) throws IOException, InterruptedException {
        var asked = HttpRequest.newBuilder(
                        URI.create(platform.now().management()).resolve(path))
                .timeout(ROLL_BOUND)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(asked, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? "" : answer.body().strip();
        }
    }

    private Lines lines(Fault fault) {
        var found = lines.get(fault.target());
        if (found == null) {
            throw new IllegalStateException("lines: none to " + fault.target() + " (expected: to each gateway)");
        }
        return found;
    }

    private Database database() {
        return new Database(platform.now().postgres());
    }

    private boolean isAwake() {
        return platform.find().stream()
                .anyMatch(running -> Schedule.FUNCTIONS.stream()
                        .anyMatch(function -> !running.instances(function).isEmpty()));
    }

    /// Of a function any instance.
    private RunningPlatform.Child process(String name) throws IOException {
        return platform.now().instances(name).stream()
                .findFirst()
                .orElseThrow(() -> new IOException(name + " does not run"));
    }

    private static void signal(long pid, String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-s", signal, Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("process " + pid + " is away");
        }
    }
}
