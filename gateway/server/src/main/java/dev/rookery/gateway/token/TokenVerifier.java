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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Objects;
import java.util.Set;

/// Tells whose a token is. The algorithms are ours to choose, never the token's: `none`, or a public key used as
/// an HMAC secret, gets nowhere. `sub` and `exp` are required; a difference of clocks is forgiven, and
/// what is forgiven here is forgiven for as long as the token is used.
///
/// May block while an issuer's keys are fetched, so it is not for event loops; safe for use by many threads.
public final class TokenVerifier {

    private static final int KEYS_CONNECT_MILLIS = 2_000;
    private static final int KEYS_READ_MILLIS = 3_000;
    private static final int KEYS_MAX_BYTES = 256 * 1024;

    private final DefaultJWTProcessor<SecurityContext> processor;
    private final Duration clockSkew;
    private final InstantSource clock;

    private TokenVerifier(
            JWKSource<SecurityContext> keys, Set<JWSAlgorithm> algorithms, Duration clockSkew, InstantSource clock) {
        this.clockSkew = clockSkew;
        this.clock = clock;
        processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        processor.setJWTClaimsSetVerifier(new ClockedClaims(clockSkew, clock));
    }

    public static TokenVerifier of(TokenSettings settings, InstantSource clock) {
        var secret = settings.secret();
        if (secret != null) {
            return new TokenVerifier(
                    new ImmutableSecret<>(secret.getBytes(StandardCharsets.UTF_8)),
                    Set.of(JWSAlgorithm.HS256),
                    settings.clockSkew(),
                    clock);
        }
        return new TokenVerifier(
                published(Objects.requireNonNull(settings.jwksUri())),
                Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256),
                settings.clockSkew(),
                clock);
    }

    /// @throws BadTokenException        when it proves nothing
    /// @throws KeysUnavailableException when that cannot be told now
    public PlayerToken verify(String token) {
        try {
            var claims = processor.process(token, null);
            return new PlayerToken(
                    new PlayerId(claims.getSubject()),
                    end(claims.getExpirationTime().toInstant()));
        } catch (ParseException | BadJOSEException | IllegalArgumentException e) {
            throw new BadTokenException("token: " + e.getMessage(), e);
        } catch (KeySourceException e) {
            throw new KeysUnavailableException(e);
        } catch (JOSEException e) {
            throw new BadTokenException("token: cannot be verified: " + e.getMessage(), e);
        }
    }

    /// A token that is good by our clock ends when it says. One that is good only because clocks may differ ends when
    /// they may differ no longer: its bearer would be let in and sent away in one breath.
    private Instant end(Instant said) {
        return clock.instant().isBefore(said) ? said : said.plus(clockSkew);
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

        ClockedClaims(Duration clockSkew, InstantSource clock) {
            super(new JWTClaimsSet.Builder().build(), Set.of("sub", "exp"));
            setMaxClockSkew(Math.toIntExact(clockSkew.toSeconds()));
            this.clock = clock;
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
