package dev.rookery.knative.local.letters;

import dev.rookery.eventing.contract.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/// Ids of a command's replays: `<id>.replay-1`, and so on. The same replay has the same id whoever asks for it, so
/// that asking twice has one effect.
final class Replays {

    static final int MAX = 9;

    private static final int MAX_ID_LENGTH = 64;
    private static final int HASH_LENGTH = 16;

    private Replays() {}

    /// Of every replay that there may be.
    static List<String> ids(String id) {
        return IntStream.rangeClosed(1, MAX).mapToObj(n -> id(id, n)).toList();
    }

    /// A long id is cut, and a hash of it keeps it apart from others.
    ///
    /// @param n from 1
    static String id(String id, int n) {
        if (n < 1 || n > MAX) {
            throw new IllegalArgumentException("replay: " + n + " (expected: 1.." + MAX + ")");
        }
        var suffix = ".replay-" + n;
        if (Request.isValidId(id + suffix)) {
            return id + suffix;
        }
        int kept = MAX_ID_LENGTH - suffix.length() - HASH_LENGTH - 1;
        return id.substring(0, Math.min(kept, id.length())) + "." + hash(id) + suffix;
    }

    private static String hash(String id) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
