package dev.rookery.functions.ledger.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// What seals are signed with; whoever has it can make seals, so it is not kept where the ledger is.
public final class SealKey {

    private final PrivateKey key;

    private SealKey(PrivateKey key) {
        this.key = key;
    }

    /// @param pem Ed25519 as PKCS#8, as `openssl genpkey -algorithm ed25519` writes it
    public static SealKey parse(String pem) {
        try {
            return new SealKey(KeyFactory.getInstance(Pem.ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(Pem.bytes(pem, "PRIVATE KEY"))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // What it holds is a secret, and is not told.
            throw new IllegalArgumentException(
                    "seal key: " + pem.length() + " characters (expected: an Ed25519 key as PKCS#8 in PEM)", e);
        }
    }

    public SignedSeal sign(Seal seal) {
        var content = seal.text();
        try {
            var signature = Signature.getInstance(Pem.ALGORITHM);
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.UTF_8));
            return new SignedSeal(content, Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("seal " + seal.n() + " cannot be signed", e);
        }
    }
}
