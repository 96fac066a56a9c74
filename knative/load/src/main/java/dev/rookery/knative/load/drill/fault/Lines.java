package dev.rookery.knative.load.drill.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Stands between players and one gateway, and is what a network may be: it holds back what it is given, loses
/// the connection, or swallows what is sent and tells neither side.
///
/// What was swallowed is never followed by what comes later: such a connection ends with the fault.
///
/// Safe for use by many threads; a fault blocks its caller as long as it goes on.
public final class Lines implements AutoCloseable {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int BUFFER_BYTES = 16 * 1024;

    private final ServerSocket server;
    private final int port;
    private final Set<Line> open = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch passage = new CountDownLatch(0);
    private volatile boolean isSwallowing;

    private Lines(ServerSocket server, int port) {
        this.server = server;
        this.port = port;
    }

    /// @param port of the gateway, on loopback
    public static Lines to(int port) {
        try {
            var lines = new Lines(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), port);
            Thread.ofVirtual().name("lines-" + port).start(lines::accept);
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the lines to " + port, e);
        }
    }

    /// Where players connect instead.
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /// Nothing passes for a time, then everything does, in its order.
    void hold(Duration length) throws InterruptedException {
        var held = new CountDownLatch(1);
        passage = held;
        try {
            TimeUnit.NANOSECONDS.sleep(length.toNanos());
        } finally {
            passage = new CountDownLatch(0);
            held.countDown();
        }
    }

    /// Every connection ends now.
    void cut() {
        List.copyOf(open).forEach(Line::close);
    }

    /// What is sent is lost, over connections that are there and new ones; then all of these end.
    void halfOpen(Duration length) throws InterruptedException {
        isSwallowing = true;
        try {
            List.copyOf(open).forEach(Line::swallow);
            TimeUnit.NANOSECONDS.sleep(length.toNanos());
        } finally {
            isSwallowing = false;
            open.stream().filter(line -> line.isSwallowed).toList().forEach(Line::close);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cut();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var player = server.accept();
                Thread.ofVirtual().start(() -> connect(player));
            } catch (IOException e) {
                // Closed, or a client that is gone already: the next one.
            }
        }
    }

    private void connect(Socket player) {
        var gateway = new Socket();
        var line = new Line(player, gateway, isSwallowing);
        try {
            player.setTcpNoDelay(true);
            gateway.setTcpNoDelay(true);
            gateway.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            open.add(line);
            Thread.ofVirtual().start(() -> line.pump(player, gateway));
            line.pump(gateway, player);
        } catch (IOException e) {
            line.close();
        }
    }

    /// One player's connection, and ours to the gateway.
    private final class Line {

        private final Socket player;
        private final Socket gateway;
        private volatile boolean isSwallowed;

        Line(Socket player, Socket gateway, boolean isSwallowed) {
            this.player = player;
            this.gateway = gateway;
            this.isSwallowed = isSwallowed;
        }

        void swallow() {
            isSwallowed = true;
        }

        void pump(Socket from, Socket to) {
            try {
                pump(from.getInputStream(), to.getOutputStream());
            } catch (IOException e) {
                // One side is gone: so is the other.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                if (!isSwallowed) {
                    close();
                }
            }
        }

        private void pump(InputStream from, OutputStream to) throws IOException, InterruptedException {
            var bytes = new byte[BUFFER_BYTES];
            for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
                passage.await();
                if (!isSwallowed) {
                    to.write(bytes, 0, read);
                }
            }
        }

        void close() {
            open.remove(this);
            shut(player);
            shut(gateway);
        }

        private static void shut(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone, which is what was wanted.
            }
        }
    }
}
