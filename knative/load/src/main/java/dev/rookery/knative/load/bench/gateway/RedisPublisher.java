package dev.rookery.knative.load.bench.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Publishes on channels of a Redis, one message after the other, over a plain socket (RESP, version 2).
final class RedisPublisher implements AutoCloseable {

    private static final int ANSWER_MILLIS = 5_000;

    private final Socket socket;
    private final BufferedReader answers;

    private RedisPublisher(Socket socket) throws IOException {
        this.socket = socket;
        this.answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    static RedisPublisher connect(URI redis) {
        try {
            var socket = new Socket(redis.getHost(), redis.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_MILLIS);
            return new RedisPublisher(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(redis + " cannot be reached", e);
        }
    }

    /// Blocks until Redis has it.
    ///
    /// @throws IllegalStateException when nobody listens on that channel
    void publish(String channel, String message) {
        try {
            var command = "*3\r\n" + bulk("PUBLISH") + bulk(channel) + bulk(message);
            socket.getOutputStream().write(command.getBytes(StandardCharsets.UTF_8));
            var answer = answers.readLine();
            if (answer == null || !answer.matches(":[1-9][0-9]*")) {
                throw new IllegalStateException(
                        "PUBLISH " + channel + ": " + answer + " (expected: at least one who listens)");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(channel + " cannot be published on", e);
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

    private static String bulk(String text) {
        return "$" + text.getBytes(StandardCharsets.UTF_8).length + "\r\n" + text + "\r\n";
    }
}
