package dev.rookery.functions.ledger.seal;

import dev.rookery.functions.ledger.chain.Hash;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A seal as it is published: its text to the byte, and who vouches for it.
///
/// @param content   the text of a [Seal]
/// @param signature Ed25519 over the content in UTF-8, in Base64
public record SignedSeal(String content, String signature) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// One line of JSON, in which the content is a string: so it comes back to the byte.
    public String line() {
        return JSON.createObjectNode()
                .put("content", content)
                .put("signature", signature)
                .toString();
    }

    /// @throws IllegalArgumentException when it is none
    public static SignedSeal parse(String line) {
        try {
            var read = JSON.readTree(line);
            return new SignedSeal(
                    read.required("content").stringValue(),
                    read.required("signature").stringValue());
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "line: " + line + " is no seal (expected: content and signature): " + e.getMessage(), e);
        }
    }

    /// @throws IllegalArgumentException when the content is none
    public Seal seal() {
        return Seal.parse(content);
    }

    /// What the next one calls its previous.
    public Hash hash() {
        return Hash.sha256(content);
    }
}
