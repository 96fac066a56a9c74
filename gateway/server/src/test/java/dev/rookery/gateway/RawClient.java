package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A client that knows no manners: reads when the test says so, answers no pings, sends what bytes it likes.
final class RawClient implements AutoCloseable {

    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int LAST = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final List<String> UPGRADE = List.of(
            "GET /v1/connect HTTP/1.1",
            "Host: gateway",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Protocol: rookery.v1.json");
    private static final int NARROW_BYTES = 65_536;
    private static final int STILL_HERE_MILLIS = 50;
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    private RawClient(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /// Connected and nothing more.
    static RawClient connect(int port) throws IOException {
        return new RawClient(port, 0);
    }

    /// Upgraded.
    static RawClient open(int port) throws IOException {
        return upgraded(new RawClient(port, 0));
    }

    /// Upgraded, and with hardly any room for what it does not read.
    static RawClient openNarrow(int port) throws IOException {
        return upgraded(new RawClient(port, NARROW_BYTES));
    }

    private static RawClient upgraded(RawClient client) throws IOException {
        client.write(upgrade().getBytes(StandardCharsets.US_ASCII));
        assertThat(client.head().getFirst()).startsWith("HTTP/1.1 101");
        return client;
    }

    /// The request for an upgrade, with these headers too.
    static String upgrade(String... headers) {
        var lines = new ArrayList<>(UPGRADE);
        lines.addAll(List.of(headers));
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /// The status line and the headers of the next answer.
    List<String> head() throws IOException {
        var head = new ArrayList<String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            head.add(line);
        }
        return head;
    }

    /// One at a time: a socket takes a large write in pieces.
    synchronized void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /// All in one go, so that the gateway reads them in one go.
    void send(String... frames) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var frame : frames) {
            bytes.writeBytes(frame(TEXT, frame.getBytes(StandardCharsets.UTF_8)));
        }
        write(bytes.toByteArray());
    }

    /// A whole message; masked with zeros, which change nothing.
    static byte[] frame(int opcode, byte[] payload) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(LAST | opcode);
        if (payload.length < SHORT_LENGTH) {
            bytes.write(MASKED | payload.length);
        } else {
            bytes.write(MASKED | SHORT_LENGTH);
            bytes.write(payload.length >> 8);
            bytes.write(payload.length);
        }
        bytes.writeBytes(new byte[4]);
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    /// What the gateway sent next.
    ///
    /// @param bytes a character each
    record Frame(int opcode, String bytes) {

        String text() {
            return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }

        int closeCode() {
            return (bytes.charAt(0) << 8) | bytes.charAt(1);
        }
    }

    Frame next() throws IOException {
        int opcode = in.readUnsignedByte() & 0x0f;
        int length = in.readUnsignedByte();
        if (length == SHORT_LENGTH) {
            length = in.readUnsignedShort();
        } else if (length == LONG_LENGTH) {
            length = Math.toIntExact(in.readLong());
        }
        return new Frame(opcode, new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
    }

    /// The next text; pings on the way to it are not answered.
    String nextText() throws IOException {
        var frame = next();
        while (frame.opcode() == PING || frame.opcode() == PONG) {
            frame = next();
        }
        assertThat(frame.opcode()).as(frame.text()).isEqualTo(TEXT);
        return frame.text();
    }

    /// The code with which the gateway closes; what comes before that does not matter.
    int closeCode() throws IOException {
        var frame = next();
        while (frame.opcode() != CLOSE) {
            frame = next();
        }
        return frame.closeCode();
    }

    /// Sends something now and then until this is closed, whatever else it does not do.
    ScheduledExecutorService keptAlive() {
        var sending = Executors.newSingleThreadScheduledExecutor();
        sending.scheduleAtFixedRate(this::stillHere, 0, STILL_HERE_MILLIS, TimeUnit.MILLISECONDS);
        return sending;
    }

    private void stillHere() {
        try {
            write(frame(PONG, new byte[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Says that nothing more will come.
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /// The status of the next answer, its headers read too; -1 when the connection ends without one.
    int status() throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return -1;
        }
        in.reset();
        return Integer.parseInt(head().getFirst().substring(9, 12));
    }

    /// Whether the gateway has ended the connection, read up to there.
    /// A reset is an end too: so the system answers what comes for a socket that is closed already.
    boolean isAtEnd() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            assertThat(c).as("a byte of a line").isNotNegative();
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
