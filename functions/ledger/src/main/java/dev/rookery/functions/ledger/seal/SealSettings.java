package dev.rookery.functions.ledger.seal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How the ledger is sealed.
///
/// @param sealKey  Ed25519 as PKCS#8 in PEM; no seals are made without it
/// @param sealFile to which seals are appended, beside the topic; in none when it is not set
@ConfigurationProperties("rookery.ledger")
public record SealSettings(
        @Nullable String sealKey, @Nullable String sealFile) {

    public Optional<SealKey> key() {
        return sealKey == null || sealKey.isBlank() ? Optional.empty() : Optional.of(SealKey.parse(sealKey));
    }
}
