package dev.rookery.knative.load.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A server that welcomes a client and never reads again: what a client does to it shows what the client costs the
/// machine by itself.
final class Sink implements AutoCloseable {

    private static final String WELCOME =
            "{\"op\":\"welcome\",\"player\":\"p\",\"session\":\"s\",\"epoch\":\"e\",\"seq\":0,\"resumed\":false}";
    private static final int TEXT = 0x81;

    private final ServerSocket listening;
    private final Dialect dialect;

    private Sink(ServerSocket listening, Dialect dialect) {
        this.listening = listening;
        this.dialect = dialect;
    }

    /// For one client.
    static Sink open(Dialect dialect) {
        try {
            var sink = new Sink(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), dialect);
            Thread.ofPlatform().daemon().name("sink").start(sink::welcome);
            return sink;
        } catch (IOException e) {
            throw new UncheckedIOException("sink: no port", e);
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException("sink: " + address(), e);
        }
    }

    private void welcome() {
        try (var client = listening.accept()) {
            upgrade(client);
            var out = client.getOutputStream();
            out.write(TEXT);
            out.write(WELCOME.length());
            out.write(WELCOME.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            // The socket stays open, unread, until this is closed.
            listening.accept();
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void upgrade(Socket client) throws IOException {
        var in = client.getInputStream();
        int ends = 0;
        while (ends < 2) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("sink: no request");
            }
            ends = c == '\n' ? ends + 1 : c == '\r' ? ends : 0;
        }
        var upgraded = """
                HTTP/1.1 101 Switching Protocols
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
                Sec-WebSocket-Protocol: %s

                """.formatted(dialect.upgrade().subprotocol()).replace("\n", "\r\n");
        client.getOutputStream().write(upgraded.getBytes(StandardCharsets.US_ASCII));
    }
}
