package dev.rookery.gateway.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.rookery.eventing.contract.PlayerId;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.Objects;
import java.util.Set;

/// Tells whose a token is. The algorithms are ours to choose, never the token's: `none`, or a public key used as
/// an HMAC secret, gets nowhere. `sub` and `exp` are required; a minute of clock difference is forgiven.
///
/// May block while an issuer's keys are fetched, so it is not for event loops; safe for use by many threads.
public final class TokenVerifier {

    private static final int KEYS_CONNECT_MILLIS = 2_000;
    private static final int KEYS_READ_MILLIS = 3_000;
    private static final int KEYS_MAX_BYTES = 256 * 1024;

    private final DefaultJWTProcessor<SecurityContext> processor;

    private TokenVerifier(JWKSource<SecurityContext> keys, Set<JWSAlgorithm> algorithms, InstantSource clock) {
        processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        processor.setJWTClaimsSetVerifier(new ClockedClaims(clock));
    }

    public static TokenVerifier of(TokenSettings settings, InstantSource clock) {
        var secret = settings.secret();
        if (secret != null) {
            return new TokenVerifier(
                    new ImmutableSecret<>(secret.getBytes(StandardCharsets.UTF_8)), Set.of(JWSAlgorithm.HS256), clock);
        }
        return new TokenVerifier(
                published(Objects.requireNonNull(settings.jwksUri())),
                Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256),
                clock);
    }

    /// @throws BadTokenException        when it proves nothing
    /// @throws KeysUnavailableException when that cannot be told now
    public PlayerToken verify(String token) {
        try {
            var claims = processor.process(token, null);
            return new PlayerToken(
                    new PlayerId(claims.getSubject()),
                    claims.getExpirationTime().toInstant());
        } catch (ParseException | BadJOSEException | IllegalArgumentException e) {
            throw new BadTokenException("token: " + e.getMessage(), e);
        } catch (KeySourceException e) {
            throw new KeysUnavailableException(e);
        } catch (JOSEException e) {
            throw new BadTokenException("token: cannot be verified: " + e.getMessage(), e);
        }
    }

    /// Kept for five minutes, fetched again before that is over and when a key is asked for that is not among
    /// them.
    private static JWKSource<SecurityContext> published(String uri) {
        try {
            return JWKSourceBuilder.create(
                            URI.create(uri).toURL(),
                            new DefaultResourceRetriever(KEYS_CONNECT_MILLIS, KEYS_READ_MILLIS, KEYS_MAX_BYTES))
                    .build();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("rookery.token.jwks-uri: " + uri + " (expected: a URL)", e);
        }
    }

    /// The library's check of claims, by the clock that everything else here goes by.
    private static final class ClockedClaims extends DefaultJWTClaimsVerifier<SecurityContext> {

        private final InstantSource clock;

        ClockedClaims(InstantSource clock) {
            super(new JWTClaimsSet.Builder().build(), Set.of("sub", "exp"));
            this.clock = clock;
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
