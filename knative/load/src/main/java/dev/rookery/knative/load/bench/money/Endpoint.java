package dev.rookery.knative.load.bench.money;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/// A function's endpoint, and how often it took what was delivered.
///
/// HTTP is written and read by hand: what a client library costs would be missing to the function, on the same
/// machine.
final class Endpoint {

    private static final int NO_CONTENT = 204;
    private static final int UNAVAILABLE = 503;
    private static final int ANSWER_MILLIS = 30_000;
    private static final int MAX_TRIES = 50;
    private static final int AGAIN_MILLIS = 10;

    private final int port;
    private final LongAdder taken = new LongAdder();
    private final LongAdder sentBack = new LongAdder();

    Endpoint(int port) {
        this.port = port;
    }

    /// Deliveries that were answered with 204.
    long taken() {
        return taken.sum();
    }

    /// How often a delivery was told to come again.
    long sentBack() {
        return sentBack.sum();
    }

    Connection open() throws IOException {
        return new Connection();
    }

    /// Used by one thread at a time.
    final class Connection implements AutoCloseable {

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        private Connection() throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_MILLIS);
            in = new BufferedInputStream(socket.getInputStream(), 1_024);
            out = socket.getOutputStream();
        }

        /// Blocks until it is taken; delivers again what is told to come again, as the dispatcher does. That
        /// happens without any fault: the platform's own deliveries count among those that run at a time.
        ///
        /// @throws IllegalStateException when the function answers anything else
        void deliver(Delivery delivery) throws IOException, InterruptedException {
            var request = delivery.request(port, Instant.now());
            for (int tries = 1; ; tries++) {
                out.write(request);
                var answer = answer();
                if (answer.status() == NO_CONTENT) {
                    taken.increment();
                    return;
                }
                if (answer.status() != UNAVAILABLE || tries == MAX_TRIES) {
                    throw new IllegalStateException(delivery.type() + " " + delivery.id() + ": " + answer.status() + " "
                            + answer.reason() + " (expected: 204)");
                }
                sentBack.increment();
                Thread.sleep(AGAIN_MILLIS);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        private Answer answer() throws IOException {
            var head = new Head(in);
            return new Answer(head.status(), new String(in.readNBytes(head.length()), StandardCharsets.UTF_8));
        }
    }

    private record Answer(int status, String reason) {}

    /// @param length of what follows
    private record Head(int status, int length) {

        private static final String VERSION = "HTTP/1.1 ";
        private static final int STATUS_LENGTH = 3;
        private static final String LENGTH = "content-length:";
        private static final int MAX_LINE = 8_192;

        Head(InputStream in) throws IOException {
            this(status(line(in)), lengthIn(in));
        }

        private static int status(String line) throws IOException {
            if (!line.startsWith(VERSION) || line.length() < VERSION.length() + STATUS_LENGTH) {
                throw new IOException("answer: " + line + " (expected: " + VERSION + "and a status)");
            }
            return Integer.parseInt(line, VERSION.length(), VERSION.length() + STATUS_LENGTH, 10);
        }

        private static int lengthIn(InputStream in) throws IOException {
            int length = 0;
            for (var line = line(in); !line.isEmpty(); line = line(in)) {
                if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                    length = Integer.parseInt(line.substring(LENGTH.length()).strip());
                }
            }
            return length;
        }

        private static String line(InputStream in) throws IOException {
            var line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0 || line.length() == MAX_LINE) {
                    throw new EOFException("answer: ends after " + line + " (expected: a whole line)");
                }
                if (next != '\r') {
                    line.append((char) next);
                }
            }
            return line.toString();
        }
    }
}
