package dev.rookery.knative.load.swarm;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs players' tokens itself, with the secret that a platform on this machine keeps in its data folder: to ask
/// the gateway for each of 15,000 would measure that. Used by one thread.
public final class TokenMint {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = encoded("{\"alg\":\"HS256\"}");

    private final Mac mac;
    private final Duration lifetime;

    public TokenMint(String secret, Duration lifetime) {
        this.lifetime = lifetime;
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("tokens cannot be signed here", e);
        }
    }

    /// @param player whose characters need no escape in JSON
    public String token(String player, Instant now) {
        long issued = now.getEpochSecond();
        var signed = HEADER + "."
                + encoded("{\"sub\":\"" + player + "\",\"iat\":" + issued + ",\"exp\":"
                        + (issued + lifetime.toSeconds()) + "}");
        return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encoded(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
