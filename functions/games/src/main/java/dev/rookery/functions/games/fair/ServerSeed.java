package dev.rookery.functions.games.fair;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The house's secret of many rounds: 32 bytes. Who knows them knows every draw to come, so only the commitment is
/// ever printed, until the seed is given up for another and shown.
public final class ServerSeed {

    private static final int BYTES = 32;
    private static final int HEX_DIGITS = 2 * BYTES;
    private static final String HMAC = "HmacSHA256";

    private final byte[] secret;

    private ServerSeed(byte[] secret) {
        this.secret = secret;
    }

    /// One that nobody has seen.
    public static ServerSeed fresh(SecureRandom random) {
        var secret = new byte[BYTES];
        random.nextBytes(secret);
        return new ServerSeed(secret);
    }

    /// Reads what [#hex()] wrote.
    ///
    /// @throws IllegalArgumentException when it is something else; it says where, and shows nothing of a secret
    public static ServerSeed parse(String hex) {
        if (hex.length() != HEX_DIGITS) {
            throw new IllegalArgumentException("serverSeed: " + hex.length() + " characters (expected: " + HEX_DIGITS
                    + " hex digits, lower case)");
        }
        for (int i = 0; i < HEX_DIGITS; i++) {
            char digit = hex.charAt(i);
            if (!(digit >= '0' && digit <= '9') && !(digit >= 'a' && digit <= 'f')) {
                throw new IllegalArgumentException("serverSeed: no hex digit at place " + i + " of 0.."
                        + (HEX_DIGITS - 1) + " (expected: " + HEX_DIGITS + " hex digits, lower case)");
            }
        }
        return new ServerSeed(HexFormat.of().parseHex(hex));
    }

    /// What is published before play: the SHA-256 of the seed, in 64 hex digits. It fixes the seed and tells nothing
    /// about it.
    public String commitment() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: not in this JDK (expected: in every one)", e);
        }
    }

    /// The secret itself, in 64 hex digits: for the house's store, and for everybody once another seed is in use.
    public String hex() {
        return HexFormat.of().formatHex(secret);
    }

    Mac hmac() {
        try {
            var hmac = Mac.getInstance(HMAC);
            hmac.init(new SecretKeySpec(secret, HMAC));
            return hmac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(HMAC + ": not in this JDK (expected: in every one)", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerSeed seed && MessageDigest.isEqual(secret, seed.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secret);
    }

    @Override
    public String toString() {
        return "ServerSeed[commitment=" + commitment() + "]";
    }
}
