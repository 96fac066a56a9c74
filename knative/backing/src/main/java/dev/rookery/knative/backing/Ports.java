package dev.rookery.knative.backing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports of the loopback address.
public final class Ports {

    private static final int CONNECT_MILLIS = 500;
    /// Below what systems give to clients by themselves (Linux: from 32768, macOS: from 49152). There, a client
    /// that knocks while a server is away may be given that very port, connect to itself, and keep the server
    /// from coming back.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 200;

    private Ports() {}

    /// One that nobody listens on now.
    public static int free() {
        for (int tries = 0; tries < TRIES; tries++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port found between " + LOWEST + " and " + HIGHEST);
    }

    /// Whether a server could listen there.
    public static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether somebody listens there.
    public static boolean isServed(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
