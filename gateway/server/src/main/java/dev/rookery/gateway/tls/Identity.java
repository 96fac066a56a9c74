package dev.rookery.gateway.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.springframework.boot.ssl.pem.PemContent;

/// A certificate with its key, as two files said it at one time.
///
/// @param certificate PEM
/// @param key         PEM
record Identity(String certificate, String key) {

    private static final byte[] PROBE = {1, 2, 3};

    static Identity read(TlsSettings.Files files) throws IOException {
        return new Identity(Files.readString(files.certificate()), Files.readString(files.key()));
    }

    /// A key is never printed.
    @Override
    public String toString() {
        return "Identity";
    }

    /// @throws IllegalArgumentException when it cannot be shown, such as because the files are of different times
    SslContext context() {
        try {
            var chain = PemContent.of(certificate).getCertificates();
            var privateKey = PemContent.of(key).getPrivateKey();
            if (privateKey == null) {
                throw new IllegalArgumentException("rookery.tls.key: no key (expected: PEM of a private key)");
            }
            if (!belongsTo(chain.getFirst().getPublicKey(), privateKey)) {
                throw new IllegalArgumentException(
                        "rookery.tls.key: of another certificate (expected: of the first one)");
            }
            return context(chain, privateKey);
        } catch (GeneralSecurityException | IOException | IllegalStateException e) {
            throw new IllegalArgumentException(
                    "rookery.tls: " + e.getMessage() + " (expected: a certificate and its key)", e);
        }
    }

    private static SslContext context(List<X509Certificate> chain, PrivateKey key) throws IOException {
        return SslContextBuilder.forServer(key, chain)
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .build();
    }

    /// What the one signs the other verifies.
    private static boolean belongsTo(PublicKey certified, PrivateKey key) throws GeneralSecurityException {
        if (!certified.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        var signature = Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                });
        signature.initSign(key);
        signature.update(PROBE);
        var signed = signature.sign();
        signature.initVerify(certified);
        signature.update(PROBE);
        return signature.verify(signed);
    }
}
