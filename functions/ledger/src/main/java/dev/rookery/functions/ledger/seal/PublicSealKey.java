package dev.rookery.functions.ledger.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/// What seals are verified with.
public final class PublicSealKey {

    private final PublicKey key;

    private PublicSealKey(PublicKey key) {
        this.key = key;
    }

    /// @param pem Ed25519, as `openssl pkey -pubout` writes it
    public static PublicSealKey parse(String pem) {
        try {
            return new PublicSealKey(KeyFactory.getInstance(Pem.ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(Pem.bytes(pem, "PUBLIC KEY"))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("public key: " + pem + " (expected: an Ed25519 key in PEM)", e);
        }
    }

    public boolean hasSigned(SignedSeal seal) {
        try {
            var signature = Signature.getInstance(Pem.ALGORITHM);
            signature.initVerify(key);
            signature.update(seal.content().getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(seal.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
