package dev.rookery.knative.load.swarm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TokenMintTest {

    @Test
    void aTokenIsSignedByTheSecretAndEndsInTime() throws Exception {
        var token = new TokenMint("0123456789abcdef", Duration.ofHours(1))
                .token("p-7", Instant.ofEpochSecond(1_000))
                .split("\\.", -1);

        assertThat(decoded(token[0])).isEqualTo("{\"alg\":\"HS256\"}");
        assertThat(decoded(token[1])).isEqualTo("{\"sub\":\"p-7\",\"iat\":1000,\"exp\":4600}");
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("0123456789abcdef".getBytes(UTF_8), "HmacSHA256"));
        assertThat(Base64.getUrlDecoder().decode(token[2]))
                .isEqualTo(mac.doFinal((token[0] + "." + token[1]).getBytes(UTF_8)));
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), UTF_8);
    }
}
