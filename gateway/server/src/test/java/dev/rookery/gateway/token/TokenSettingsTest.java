package dev.rookery.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TokenSettingsTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void nobodyGetsATokenFromUsUnlessTheOperatorSaysSo() {
        assertThat(bind(Map.of("rookery.token.secret", SECRET)))
                .isEqualTo(new TokenSettings(null, SECRET, false, Duration.ofHours(12), MINUTE));
    }

    @Test
    void oneSourceOfTrustIsNamedAndOnlyOne() {
        assertThatThrownBy(() -> new TokenSettings(null, " ", false, HOUR, MINUTE))
                .hasMessage("rookery.token: neither of jwks-uri and secret are set (expected: one)");
        assertThatThrownBy(() -> new TokenSettings("http://127.0.0.1/keys", SECRET, false, HOUR, MINUTE))
                .hasMessage("rookery.token: both of jwks-uri and secret are set (expected: one)");
    }

    @Test
    void aSecretIsAsLongAsItsHash() {
        assertThatThrownBy(() -> new TokenSettings(null, SECRET.substring(1), false, HOUR, MINUTE))
                .hasMessage("rookery.token.secret: 31 bytes (expected: at least 32)");
    }

    @Test
    void tokensOfOurOwnNeedTheSecret() {
        assertThatThrownBy(() -> new TokenSettings("http://127.0.0.1/keys", null, true, HOUR, MINUTE))
                .hasMessage("rookery.token.dev: true without a secret (expected: both or neither)");
        assertThatThrownBy(() -> new TokenSettings(null, SECRET, true, Duration.ZERO, MINUTE))
                .hasMessage("rookery.token.dev-lifetime: PT0S (expected: > 0)");
    }

    @Test
    void clocksDifferByNothingAtLeast() {
        assertThatThrownBy(() -> new TokenSettings(null, SECRET, false, HOUR, Duration.ofSeconds(-1)))
                .hasMessage("rookery.token.clock-skew: PT-1S (expected: >= 0)");
    }

    private static TokenSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("rookery.token", TokenSettings.class);
    }
}
