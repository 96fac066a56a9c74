package dev.rookery.knative.load.platform;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

/// A port whose owner was killed and cannot come back to it for now. Who connects is turned away at once.
final class TakenPort implements AutoCloseable {

    private static final int BACKLOG = 1_000;

    private final ServerSocket socket;

    private TakenPort(ServerSocket socket) {
        this.socket = socket;
        Thread.ofVirtual().name("taken-port").start(this::turnAway);
    }

    /// As soon as who had it is gone.
    static TakenPort of(int port) {
        return new TakenPort(
                await().until(() -> take(port), Optional::isPresent).orElseThrow());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ServerSocket> take(int port) throws IOException {
        try {
            return Optional.of(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()));
        } catch (BindException e) {
            return Optional.empty();
        }
    }

    private void turnAway() {
        while (!socket.isClosed()) {
            try {
                socket.accept().close();
            } catch (IOException e) {
                // Closed, or the guest has left by itself.
            }
        }
    }
}
