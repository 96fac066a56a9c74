package dev.rookery.eventing.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Something that has happened, told to other functions on `rookery.<function>.facts`.
///
/// @param id   names the fact for ever: who receives it twice drops it by this, so no other fact of the function has it
/// @param type in the past tense, such as `wallet.deposited`
/// @param key  facts with the same key stay in order
/// @param data becomes JSON
public record Fact(String id, EventType type, String key, Object data) {

    private static final int DIGEST_BYTES = 16;

    public Fact {
        Ids.check("fact", id);
    }

    /// What a player's command has done, when nothing that it made has a name. The command's own id would not do: it is
    /// unique for its player only, and may be as long as a fact's.
    ///
    /// @param what begins the id, such as `limit`; another one for each fact of a command, 31 characters at most
    public static Fact of(Request cause, String what, EventType type, Object data) {
        return new Fact(what + "-" + digest(cause), type, cause.player().value(), data);
    }

    private static String digest(Request cause) {
        var name = cause.player().source() + "\n" + cause.id();
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
