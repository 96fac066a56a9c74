package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// A round's id from the command that opens it: SHA-256 of its source, a line break and its id, as a UUID of version 8
/// (RFC 9562, section 5.8). A command is decided once for ever, so a round has its id for itself.
///
/// The player chooses the command's id and learns nothing from it: the draw has the server's seed in it too.
final class RoundIds {

    private static final long VERSION = 0x8000L;
    private static final long NO_VERSION = ~0xF000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long NO_VARIANT = 0x3FFF_FFFF_FFFF_FFFFL;

    private RoundIds() {}

    static UUID of(Request bet) {
        var named = (bet.player().source() + "\n" + bet.id()).getBytes(StandardCharsets.UTF_8);
        var hash = ByteBuffer.wrap(sha256(named));
        return new UUID((hash.getLong() & NO_VERSION) | VERSION, (hash.getLong() & NO_VARIANT) | VARIANT);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
