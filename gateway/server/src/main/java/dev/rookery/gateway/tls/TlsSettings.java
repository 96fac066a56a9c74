package dev.rookery.gateway.tls;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Whether players speak TLS to us, rather than to a proxy before us: when a certificate is named.
///
/// @param certificate      PEM file, ours first, then those who vouch for it
/// @param key              PEM file, its private key: PKCS #8, PKCS #1 or SEC 1, not encrypted
/// @param handshakeTimeout from the connection to the end of the handshake
/// @param reloadInterval   between looks at whether the files have changed
@ConfigurationProperties("rookery.tls")
public record TlsSettings(
        @Nullable String certificate,
        @Nullable String key,
        @DefaultValue("3s") Duration handshakeTimeout,
        @DefaultValue("10s") Duration reloadInterval) {

    public TlsSettings {
        certificate = blankToNull(certificate);
        key = blankToNull(key);
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException(
                    "rookery.tls: one of certificate and key is set (expected: both or neither)");
        }
        positive("handshake-timeout", handshakeTimeout);
        positive("reload-interval", reloadInterval);
    }

    /// What to show; null when players speak no TLS to us.
    @Nullable
    Files files() {
        return certificate == null || key == null ? null : new Files(Path.of(certificate), Path.of(key));
    }

    record Files(Path certificate, Path key) {}

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("rookery.tls." + name + ": " + value + " (expected: > 0)");
        }
    }
}
