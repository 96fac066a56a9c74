package dev.rookery.knative.load.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/// Writes the messages of a client, masked as RFC 6455 demands.
final class Outflow {

    private static final int MASK = 0x5a3c_96e1;
    private static final int LARGEST = 0xffff;
    private static final int LARGEST_BYTE = 125;
    private static final int HEADER_BYTES = 8;

    private Outflow() {}

    static ByteBuf text(ByteBufAllocator allocator, byte[] text) {
        return message(allocator, 0x81, text, 0, text.length);
    }

    static ByteBuf pong(ByteBufAllocator allocator, byte[] bytes, int from, int to) {
        return message(allocator, 0x8a, bytes, from, to);
    }

    static ByteBuf close(ByteBufAllocator allocator, int code) {
        return message(allocator, 0x88, new byte[] {(byte) (code >> 8), (byte) code}, 0, 2);
    }

    private static ByteBuf message(ByteBufAllocator allocator, int first, byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > LARGEST) {
            throw new IllegalArgumentException("message: " + length + " bytes (expected: at most " + LARGEST + ")");
        }
        var out = allocator.buffer(HEADER_BYTES + length).writeByte(first);
        if (length <= LARGEST_BYTE) {
            out.writeByte(0x80 | length);
        } else {
            out.writeByte(0x80 | (LARGEST_BYTE + 1)).writeShort(length);
        }
        out.writeInt(MASK);
        for (int i = 0; i < length; i++) {
            out.writeByte(bytes[from + i] ^ (MASK >> (24 - 8 * (i & 3))));
        }
        return out;
    }
}
