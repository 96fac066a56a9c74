package dev.rookery.gateway.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Text messages as a server sends them (RFC 6455, section 5.2): whole, in one frame, not masked. Encoded once
/// and sent to many, where the codec of a connection would encode for each.
public final class TextFrames {

    private static final int FINAL_TEXT = 0x81;
    private static final int MAX_SHORT = 125;
    private static final int MAX_MEDIUM = 0xFFFF;
    private static final int MEDIUM = 126;
    private static final int LONG = 127;
    private static final int MAX_HEADER = 10;

    private TextFrames() {}

    /// @return the finished frame, which the caller has to release
    public static ByteBuf encode(ByteBufAllocator allocator, String text) {
        int length = ByteBufUtil.utf8Bytes(text);
        var frame = allocator.ioBuffer(MAX_HEADER + length);
        frame.writeByte(FINAL_TEXT);
        if (length <= MAX_SHORT) {
            frame.writeByte(length);
        } else if (length <= MAX_MEDIUM) {
            frame.writeByte(MEDIUM).writeShort(length);
        } else {
            frame.writeByte(LONG).writeLong(length);
        }
        ByteBufUtil.reserveAndWriteUtf8(frame, text, length);
        return frame;
    }

    /// The texts of frames that [#encode] made, one after the other; leaves the frames as they are.
    static List<String> decode(ByteBuf frames) {
        var texts = new ArrayList<String>();
        var rest = frames.duplicate();
        while (rest.isReadable()) {
            int length = rest.skipBytes(1).readUnsignedByte();
            if (length == MEDIUM) {
                length = rest.readUnsignedShort();
            } else if (length == LONG) {
                length = Math.toIntExact(rest.readLong());
            }
            texts.add(rest.readString(length, StandardCharsets.UTF_8));
        }
        return texts;
    }
}
