package dev.rookery.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.rookery.eventing.contract.PlayerId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With keys of a real issuer, published over HTTP.
class TokenVerifierTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Instant SOON = NOW.plusSeconds(60);
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final PlayerId PLAYER = new PlayerId("p-7");

    private static RSAKey rsa;
    private static ECKey ec;
    private static HttpServer issuer;

    private final TokenVerifier ours = verifier(new TokenSettings(null, SECRET, false, Duration.ofHours(1), SKEW));
    private final TokenVerifier issuers = verifier(new TokenSettings(keys(), null, false, Duration.ofHours(1), SKEW));

    @BeforeAll
    static void publishKeys() throws JOSEException, IOException {
        rsa = new RSAKeyGenerator(2_048).keyID("rsa").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        var published = new JWKSet(List.of(rsa, ec)).toString(true).getBytes(StandardCharsets.UTF_8);
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys/", exchange -> {
            exchange.sendResponseHeaders(200, published.length);
            exchange.getResponseBody().write(published);
            exchange.close();
        });
        issuer.start();
    }

    @AfterAll
    static void stop() {
        issuer.stop(0);
    }

    @Test
    void aTokenOfOurOwnSaysWhoThePlayerIsAndForHowLong() {
        var token = new DevTokens(SECRET, Duration.ofMinutes(1), clock()).issue(PLAYER);

        assertThat(ours.verify(token)).isEqualTo(new PlayerToken(PLAYER, SOON));
    }

    @Test
    void anIssuersTokenIsGoodByItsPublishedKey() throws JOSEException {
        var byRsa = signed(header(JWSAlgorithm.RS256, "rsa"), claims("p-7", SOON), new RSASSASigner(rsa));
        var byEc = signed(header(JWSAlgorithm.ES256, "ec"), claims("p-7", SOON), new ECDSASigner(ec));

        assertThat(issuers.verify(byRsa)).isEqualTo(new PlayerToken(PLAYER, SOON));
        assertThat(issuers.verify(byEc)).isEqualTo(new PlayerToken(PLAYER, SOON));
    }

    @Test
    void anotherKeyOfTheSameNameProvesNothing() throws JOSEException {
        var stranger = new RSAKeyGenerator(2_048).keyID("rsa").generate();
        var token = signed(header(JWSAlgorithm.RS256, "rsa"), claims("p-7", SOON), new RSASSASigner(stranger));

        assertThatThrownBy(() -> issuers.verify(token)).isInstanceOf(BadTokenException.class);
    }

    @Test
    void aKeyThatIsNotPublishedProvesNothing() throws JOSEException {
        var stranger = new RSAKeyGenerator(2_048).keyID("unheard-of").generate();
        var token = signed(header(JWSAlgorithm.RS256, "unheard-of"), claims("p-7", SOON), new RSASSASigner(stranger));

        assertThatThrownBy(() -> issuers.verify(token)).isInstanceOf(BadTokenException.class);
    }

    @Test
    void withoutTheIssuersKeysATokenIsNeitherGoodNorBad() throws JOSEException {
        var nobody = verifier(
                new TokenSettings(keys().replace("/keys/", "/elsewhere"), null, false, Duration.ofHours(1), SKEW));
        var token = signed(header(JWSAlgorithm.RS256, "rsa"), claims("p-7", SOON), new RSASSASigner(rsa));

        assertThatThrownBy(() -> nobody.verify(token)).isInstanceOf(KeysUnavailableException.class);
    }

    /// The classic: what everybody knows, the public key, is used as if it were a shared secret.
    @Test
    void aPublicKeyIsNoSecret() throws JOSEException {
        var asText = rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        var asBytes = rsa.toRSAPublicKey().getEncoded();

        var token = signed(header(JWSAlgorithm.HS256, "rsa"), claims("p-7", SOON), new MACSigner(asText));
        var another = signed(header(JWSAlgorithm.HS256, "rsa"), claims("p-7", SOON), new MACSigner(asBytes));

        assertThatThrownBy(() -> issuers.verify(token)).isInstanceOf(BadTokenException.class);
        assertThatThrownBy(() -> issuers.verify(another)).isInstanceOf(BadTokenException.class);
    }

    @Test
    void aTokenThatNobodySignedProvesNothing() {
        var token = new PlainJWT(claims("p-7", SOON)).serialize();

        assertThatThrownBy(() -> ours.verify(token)).isInstanceOf(BadTokenException.class);
        assertThatThrownBy(() -> issuers.verify(token)).isInstanceOf(BadTokenException.class);
    }

    @Test
    void anotherSecretProvesNothing() {
        var token =
                new DevTokens("another-secret-another-secret-another", Duration.ofMinutes(1), clock()).issue(PLAYER);

        assertThatThrownBy(() -> ours.verify(token)).isInstanceOf(BadTokenException.class);
    }

    @Test
    void anotherPlayerInASignedTokenProvesNothing() {
        var parts = new DevTokens(SECRET, Duration.ofMinutes(1), clock())
                .issue(PLAYER)
                .split("\\.", -1);
        var other = new PlainJWT(claims("p-8", SOON)).serialize().split("\\.", -1);

        assertThatThrownBy(() -> ours.verify(parts[0] + "." + other[1] + "." + parts[2]))
                .isInstanceOf(BadTokenException.class);
    }

    @Test
    void aTokenEndsWithAMinutesGrace() throws JOSEException {
        assertThat(ours.verify(ours(claims("p-7", NOW.minusSeconds(59)))))
                .isEqualTo(new PlayerToken(PLAYER, NOW.plusSeconds(1)));
        assertThatThrownBy(() -> ours.verify(ours(claims("p-7", NOW.minusSeconds(61)))))
                .isInstanceOf(BadTokenException.class)
                .hasMessageContaining("Expired");
    }

    @Test
    void aTokenHasAPlayerAndAnEnd() {
        var nobody = new JWTClaimsSet.Builder().expirationTime(Date.from(SOON)).build();
        var endless = new JWTClaimsSet.Builder().subject("p-7").build();

        assertThatThrownBy(() -> ours.verify(ours(nobody))).isInstanceOf(BadTokenException.class);
        assertThatThrownBy(() -> ours.verify(ours(endless))).isInstanceOf(BadTokenException.class);
        assertThatThrownBy(() -> ours.verify(ours(claims("no id", SOON)))).isInstanceOf(BadTokenException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "eyJhbGciOiJIUzI1NiJ9..", "..", "\u0000"})
    void whatIsNoTokenProvesNothing(String token) {
        assertThatThrownBy(() -> ours.verify(token)).isInstanceOf(BadTokenException.class);
    }

    private static TokenVerifier verifier(TokenSettings settings) {
        return TokenVerifier.of(settings, clock());
    }

    private static InstantSource clock() {
        return InstantSource.fixed(NOW);
    }

    private static String keys() {
        return "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys/";
    }

    private static String ours(JWTClaimsSet claims) throws JOSEException {
        return signed(new JWSHeader(JWSAlgorithm.HS256), claims, new MACSigner(SECRET));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        var token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private static JWSHeader header(JWSAlgorithm algorithm, String key) {
        return new JWSHeader.Builder(algorithm).keyID(key).build();
    }

    private static JWTClaimsSet claims(String player, Instant expires) {
        return new JWTClaimsSet.Builder()
                .subject(player)
                .expirationTime(Date.from(expires))
                .build();
    }
}
