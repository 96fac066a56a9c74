package dev.rookery.knative.backing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A Redis 7 server of our own: loopback only, every write on disk before it is answered.
public final class Redis implements AutoCloseable {

    private static final Duration START_BOUND = Duration.ofSeconds(30);
    private static final Duration STOP_BOUND = Duration.ofSeconds(10);
    private static final int ANSWER_MILLIS = 500;

    private final Path folder;
    private final int port;
    private final boolean ephemeral;
    private volatile ChildProcess process;

    private Redis(Path folder, int port, boolean ephemeral) {
        this.folder = folder;
        this.port = port == 0 ? Ports.free() : port;
        this.ephemeral = ephemeral;
        this.process = run();
    }

    /// Starts on a data folder, which is made when it is not there, and waits until it serves.
    ///
    /// @param port 0 for a free one
    /// @throws IllegalStateException when it does not start; the message has the end of its log
    public static Redis start(Path folder, int port) {
        return new Redis(folder, port, false);
    }

    /// On a free port and a folder that goes with it.
    public static Redis startEphemeral() {
        return new Redis(Folders.temporary("redis"), 0, true);
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
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

    private ChildProcess run() {
        var words = List.of(
                Binaries.redis().toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                folder.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--save",
                "");
        var started =
                ChildProcess.start(new ChildProcess.Command("redis", words, Map.of(), folder, "TERM", STOP_BOUND));
        started.await(this::serves, START_BOUND);
        return started;
    }

    /// It accepts connections while it still loads its data; only then does it answer PONG.
    private boolean serves() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException e) {
            return false;
        }
    }
}
