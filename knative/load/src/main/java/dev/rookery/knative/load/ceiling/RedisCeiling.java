package dev.rookery.knative.load.ceiling;

import dev.rookery.knative.load.measure.ClosedLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;

/// A round trip to Redis: PING and its answer, over plain sockets.
final class RedisCeiling {

    private final URI url;
    private final Duration length;

    /// @param url `redis://host:port`
    RedisCeiling(String url, Duration length) {
        this.url = URI.create(url);
        this.length = length;
    }

    Ceiling measure(int connections) {
        var pings = new ArrayList<Ping>();
        try {
            for (int i = 0; i < connections; i++) {
                pings.add(Ping.open(url));
            }
            return new Ceiling("Redis PING", connections, new ClosedLoop(length).run(pings));
        } catch (IOException e) {
            throw new UncheckedIOException("Redis cannot be measured at " + url, e);
        } finally {
            pings.forEach(Ping::close);
        }
    }

    private record Ping(Socket socket) implements ClosedLoop.Ask, AutoCloseable {

        private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
        private static final String PONG = "+PONG\r\n";
        private static final int ANSWER_MILLIS = 5_000;

        static Ping open(URI url) throws IOException {
            var socket = new Socket(url.getHost(), url.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_MILLIS);
            return new Ping(socket);
        }

        @Override
        public void ask() throws IOException {
            socket.getOutputStream().write(PING);
            var answer = new String(socket.getInputStream().readNBytes(PONG.length()), StandardCharsets.US_ASCII);
            if (!answer.equals(PONG)) {
                throw new IOException("answer: " + answer.strip() + " (expected: " + PONG.strip() + ")");
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
