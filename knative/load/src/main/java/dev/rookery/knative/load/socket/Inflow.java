package dev.rookery.knative.load.socket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Takes a connection's bytes as they come and hands on whole messages (RFC 6455, section 5).
///
/// Messages are handed on where they lie: what is kept between two calls is only the beginning of a message whose
/// end has not come, so an idle connection keeps nothing.
final class Inflow {

    private static final int MAX_MESSAGE_BYTES = 8 << 20;
    private static final int FINAL = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0f;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int SHORT_FOLLOWS = 126;
    private static final int LONG_FOLLOWS = 127;
    private static final byte[] NOTHING = {};

    private byte[] kept = NOTHING;
    private int keptBytes;

    /// What comes of it. A position is one in the array that is given, valid during the call.
    interface Messages {
        void text(byte[] bytes, int from, int to);

        void ping(byte[] bytes, int from, int to);

        /// @param code 1005 when the server named none
        void close(int code, String reason);
    }

    /// @param bytes hold what came, from `from` to before `to`; not kept
    /// @throws BrokenWireException when it cannot be understood; the connection is of no use then
    void take(byte[] bytes, int from, int to, Messages messages) throws BrokenWireException {
        if (keptBytes == 0) {
            int done = handOn(bytes, from, to, messages);
            kept = done == to ? NOTHING : Arrays.copyOfRange(bytes, done, to);
            keptBytes = to - done;
            return;
        }
        append(bytes, from, to);
        int done = handOn(kept, 0, keptBytes, messages);
        keptBytes -= done;
        if (keptBytes == 0) {
            kept = NOTHING;
        } else {
            System.arraycopy(kept, done, kept, 0, keptBytes);
        }
    }

    int keptBytes() {
        return keptBytes;
    }

    private void append(byte[] bytes, int from, int to) {
        int needed = keptBytes + to - from;
        if (needed > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(needed, 2 * kept.length));
        }
        System.arraycopy(bytes, from, kept, keptBytes, to - from);
        keptBytes = needed;
    }

    /// @return where the first message begins that is not whole
    private static int handOn(byte[] bytes, int from, int to, Messages messages) throws BrokenWireException {
        int at = from;
        while (to - at >= 2) {
            int header = headerBytes(bytes[at + 1]);
            if (to - at < header) {
                return at;
            }
            int length = length(bytes, at, header);
            int end = at + header + length;
            if (end > to) {
                return at;
            }
            message(bytes[at], bytes, at + header, end, messages);
            at = end;
        }
        return at;
    }

    private static int headerBytes(byte second) throws BrokenWireException {
        if ((second & MASKED) != 0) {
            throw new BrokenWireException("frame: masked (expected: a server's, which are not)");
        }
        return switch (second & LENGTH) {
            case SHORT_FOLLOWS -> 4;
            case LONG_FOLLOWS -> 10;
            default -> 2;
        };
    }

    private static int length(byte[] bytes, int at, int header) throws BrokenWireException {
        if (header == 2) {
            return bytes[at + 1] & LENGTH;
        }
        long length = 0;
        for (int i = at + 2; i < at + header; i++) {
            length = (length << 8) | (bytes[i] & 0xff);
        }
        if (length < 0 || length > MAX_MESSAGE_BYTES) {
            throw new BrokenWireException("frame: " + length + " bytes (expected: at most " + MAX_MESSAGE_BYTES + ")");
        }
        return (int) length;
    }

    private static void message(byte first, byte[] bytes, int from, int to, Messages messages)
            throws BrokenWireException {
        if ((first & FINAL) == 0 || (first & RESERVED) != 0) {
            throw new BrokenWireException("frame: in parts, or with an extension (expected: whole and plain)");
        }
        switch (first & OPCODE) {
            case 1 -> messages.text(bytes, from, to);
            case 8 -> close(bytes, from, to, messages);
            case 9 -> messages.ping(bytes, from, to);
            case 10 -> {}
            default ->
                throw new BrokenWireException(
                        "frame: opcode " + (first & OPCODE) + " (expected: text, ping, pong or close)");
        }
    }

    private static void close(byte[] bytes, int from, int to, Messages messages) {
        int code = to - from < 2 ? 1005 : ((bytes[from] & 0xff) << 8) | (bytes[from + 1] & 0xff);
        int reason = Math.min(to, from + 2);
        messages.close(code, new String(bytes, reason, to - reason, StandardCharsets.UTF_8));
    }
}
