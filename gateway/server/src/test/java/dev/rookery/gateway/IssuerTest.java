package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Tokens of an issuer that does not tell its keys: nobody knows yet whose they are.
class IssuerTest {

    private static final CountDownLatch asked = new CountDownLatch(1);
    private static final CountDownLatch stopped = new CountDownLatch(1);
    private static final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private static final HttpServer issuer = silent();

    @RegisterExtension
    static final RunningGateway gateway = RunningGateway.with(
            "rookery.token.secret=",
            "rookery.token.jwks-uri=http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys");

    @AfterAll
    static void stop() {
        stopped.countDown();
        issuer.stop(0);
        threads.close();
    }

    /// What is kept for it is bounded: it is closed for that, not for its token, and not when that is known at last.
    @Test
    void aHastyClientMaySendNoMoreThanMayBePending() throws IOException, JOSEException, InterruptedException {
        try (var client = RawClient.open(gateway.port())) {
            client.send(RunningGateway.helloWith(token()));
            asked.await();
            var frames = new ArrayList<String>();
            IntStream.range(0, 33).forEach(_ -> frames.add("{\"op\":\"ping\"}"));

            client.send(frames.toArray(String[]::new));

            assertThat(client.closeCode()).isEqualTo(4005);
        }
    }

    @Test
    void aClientIsSentAwayWhenTheIssuerTellsNothing() throws IOException, JOSEException {
        try (var client = RawClient.open(gateway.port())) {
            client.send(RunningGateway.helloWith(token()));

            assertThat(client.closeCode()).isEqualTo(4003);
        }
    }

    private static String token() throws JOSEException {
        var key = new ECKeyGenerator(Curve.P_256).keyID("untold").generate();
        var claims = new JWTClaimsSet.Builder()
                .subject("p-" + UUID.randomUUID())
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                .build();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private static HttpServer silent() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/keys", exchange -> {
                asked.countDown();
                untilStopped();
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void untilStopped() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
