package dev.rookery.gateway.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.rookery.eventing.contract.PlayerId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;

/// Issues tokens to whoever asks: for one machine, where there is no issuer.
public final class DevTokens {

    private final byte[] secret;
    private final Duration lifetime;
    private final InstantSource clock;

    public DevTokens(String secret, Duration lifetime, InstantSource clock) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.lifetime = lifetime;
        this.clock = clock;
    }

    public String issue(PlayerId player) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .subject(player.value())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .build();
        try {
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(secret));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("a token cannot be signed", e);
        }
    }
}
