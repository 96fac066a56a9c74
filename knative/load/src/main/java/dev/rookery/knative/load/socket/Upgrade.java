package dev.rookery.knative.load.socket;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The HTTP request by which a connection becomes a WebSocket, and the answer to it (RFC 6455, section 4).
///
/// @param path        what is asked for
/// @param subprotocol what is offered; empty for none
public record Upgrade(String path, String subprotocol) {

    /// Only keeps caches from answering, and there are none on the way: one key serves all. The answer to it is that
    /// of the RFC's own example.
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final String ACCEPT = "s3pplmbitxaq9kygzzhzrbk+xoo=";
    private static final int MAX_HEAD_BYTES = 8_192;

    byte[] request(String host) {
        var offered = subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
        return ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n" + offered + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// @param ending   null when the connection is a WebSocket now
    /// @param headEnds where in the bytes the first message begins
    record Answer(@Nullable Ending ending, int headEnds) {}

    /// @return null when the answer is not whole yet
    /// @throws BrokenWireException when it is none
    static @Nullable Answer read(byte[] bytes, int length) throws BrokenWireException {
        var text = new String(bytes, 0, Math.min(length, MAX_HEAD_BYTES), StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            if (length >= MAX_HEAD_BYTES) {
                throw new BrokenWireException("upgrade: a longer answer (expected: " + MAX_HEAD_BYTES + " bytes)");
            }
            return null;
        }
        var head = text.substring(0, end).toLowerCase(Locale.ROOT);
        if (!head.startsWith("http/1.1 ")) {
            throw new BrokenWireException("upgrade: no answer in HTTP/1.1 (expected: one)");
        }
        var status = head.substring("http/1.1 ".length()).split("[ \r]", 2)[0];
        if (!status.equals("101")) {
            return new Answer(new Ending(Ending.REFUSED, "HTTP " + status, retryAfter(head)), end + 4);
        }
        if (!ACCEPT.equals(header(head, "sec-websocket-accept"))) {
            throw new BrokenWireException("upgrade: another key was accepted (expected: ours)");
        }
        return new Answer(null, end + 4);
    }

    private static int retryAfter(String head) {
        var value = header(head, "retry-after");
        return value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : 0;
    }

    private static String header(String head, String name) {
        int begin = head.indexOf("\r\n" + name + ":");
        if (begin < 0) {
            return "";
        }
        int value = begin + name.length() + 3;
        int end = head.indexOf("\r\n", value);
        return head.substring(value, end < 0 ? head.length() : end).strip();
    }
}
