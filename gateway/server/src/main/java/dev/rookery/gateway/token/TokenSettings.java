package dev.rookery.gateway.token;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Whose tokens are good: an issuer's, by its published keys, or, on one machine, our own, by a shared secret.
///
/// @param jwksUri     where the issuer publishes its keys (RFC 7517); RS256 and ES256
/// @param secret      HS256, at least 32 bytes in UTF-8
/// @param dev         whether anybody may ask for a token, by `POST /v1/dev/token`; needs the secret
/// @param devLifetime of such a token
/// @param clockSkew   how far the issuer's clock may be from ours: a token is good for so much longer than it says
@ConfigurationProperties("rookery.token")
public record TokenSettings(
        @Nullable String jwksUri,
        @Nullable String secret,
        @DefaultValue("false") boolean dev,
        @DefaultValue("12h") Duration devLifetime,
        @DefaultValue("60s") Duration clockSkew) {

    /// HMAC with SHA-256 needs a key as long as its hash (RFC 7518, section 3.2).
    private static final int MIN_SECRET_BYTES = 32;

    public TokenSettings {
        jwksUri = blankToNull(jwksUri);
        secret = blankToNull(secret);
        if ((jwksUri == null) == (secret == null)) {
            throw new IllegalArgumentException("rookery.token: " + (jwksUri == null ? "neither" : "both")
                    + " of jwks-uri and secret are set (expected: one)");
        }
        if (secret != null && secret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("rookery.token.secret: "
                    + secret.getBytes(StandardCharsets.UTF_8).length + " bytes (expected: at least "
                    + MIN_SECRET_BYTES + ")");
        }
        if (dev && secret == null) {
            throw new IllegalArgumentException("rookery.token.dev: true without a secret (expected: both or neither)");
        }
        if (!devLifetime.isPositive()) {
            throw new IllegalArgumentException("rookery.token.dev-lifetime: " + devLifetime + " (expected: > 0)");
        }
        if (clockSkew.isNegative()) {
            throw new IllegalArgumentException("rookery.token.clock-skew: " + clockSkew + " (expected: >= 0)");
        }
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
