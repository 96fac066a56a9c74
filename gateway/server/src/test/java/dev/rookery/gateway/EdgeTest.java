package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is let in at the player port, and what those are told who are not.
class EdgeTest {

    /// As if every client were on another machine.
    private static final String NOBODY = "";

    @Test
    void aFullPodSaysWhenToComeBack() throws Exception {
        try (var server = EchoServer.start(Map.of("admission.max-connections", "1"))) {
            var first = RawClient.open(server.port());
            var head = refusal(server);

            assertThat(head.getFirst()).startsWith("HTTP/1.1 503");
            assertThat(retryAfter(head)).isBetween(5, 10);
            assertThat(server.attempts("refused-full", "connections")).isOne();
            first.close();
            await().until(() -> server.connections("upgraded") == 0);
            RawClient.open(server.port()).close();
        }
    }

    @Test
    void anAddressHoldsSoManyConnections() throws Exception {
        try (var server = EchoServer.start(Map.of("admission.max-per-address", "1", "admission.unlimited", NOBODY));
                var _ = RawClient.open(server.port())) {
            var head = refusal(server);

            assertThat(head.getFirst()).startsWith("HTTP/1.1 429");
            assertThat(retryAfter(head)).isBetween(5, 10);
            assertThat(server.attempts("refused-rate", "address")).isOne();
        }
    }

    @Test
    void anAddressTriesSoOften() throws Exception {
        try (var server = limited(Map.of())) {
            assertThat(status(server, RawClient.upgrade())).isEqualTo(101);
            assertThat(status(server, RawClient.upgrade())).isEqualTo(429);

            assertThat(server.attempts("refused-rate", "attempts")).isOne();
        }
    }

    @Test
    void whatComesToNothingCountsAsAnAttempt() throws Exception {
        try (var server = limited(Map.of())) {
            assertThat(status(server, "GET / HTTP/1.1\r\n\r\n")).isEqualTo(404);

            assertThat(status(server, RawClient.upgrade())).isEqualTo(429);
        }
    }

    @Test
    void aNamedProxySpeaksForManyAddresses() throws Exception {
        try (var server = limited(Map.of("admission.proxies", "127.0.0.0/8"))) {
            assertThat(status(server, RawClient.upgrade("X-Forwarded-For: 203.0.113.1")))
                    .isEqualTo(101);
            assertThat(status(server, RawClient.upgrade("X-Forwarded-For: 203.0.113.2")))
                    .isEqualTo(101);

            assertThat(status(server, RawClient.upgrade("X-Forwarded-For: 203.0.113.9, 203.0.113.1")))
                    .isEqualTo(429);
        }
    }

    @Test
    void whoIsNoNamedProxySpeaksForItself() throws Exception {
        try (var server = limited(Map.of("admission.proxies", "192.0.2.1"))) {
            assertThat(status(server, RawClient.upgrade("X-Forwarded-For: 203.0.113.1")))
                    .isEqualTo(101);

            assertThat(status(server, RawClient.upgrade("X-Forwarded-For: 203.0.113.2")))
                    .isEqualTo(429);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aNamedProxySaysBeforeAllElseWhomItSpeaksFor(int version) throws Exception {
        try (var server = limited(proxyProtocol())) {
            assertThat(status(server, proxied(version, 1, RawClient.upgrade()))).isEqualTo(101);
            assertThat(status(server, proxied(version, 2, RawClient.upgrade()))).isEqualTo(101);

            assertThat(status(server, proxied(version, 1, RawClient.upgrade("X-Forwarded-For: 203.0.113.3"))))
                    .isEqualTo(429);
        }
    }

    @Test
    void aProxyThatSpeaksForNobodyIsItself() throws Exception {
        try (var server = limited(proxyProtocol())) {
            assertThat(status(server, "PROXY UNKNOWN\r\n" + RawClient.upgrade()))
                    .isEqualTo(101);

            assertThat(status(server, "PROXY UNKNOWN\r\n" + RawClient.upgrade()))
                    .isEqualTo(429);
        }
    }

    @Test
    void aProxyThatDoesNotSayIsClosed() throws Exception {
        try (var server = limited(proxyProtocol());
                var client = RawClient.connect(server.port())) {
            client.write(bytes(RawClient.upgrade()));

            assertThat(client.isAtEnd()).isTrue();
            // The decoder closes before it tells why.
            await().until(() -> server.attempts("bad-proxy-header", "header") == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aProxyHeaderOfAnybodyElseIsABadRequest(int version) throws Exception {
        var strangers = Map.of("admission.proxies", "192.0.2.1", "admission.proxies-tell", "proxy-protocol");
        try (var server = EchoServer.start(strangers);
                var forwarding = EchoServer.start(Map.of("admission.proxies", "127.0.0.1"))) {
            assertThat(status(server, proxied(version, 1, RawClient.upgrade()))).isEqualTo(400);
            assertThat(status(forwarding, proxied(version, 1, RawClient.upgrade())))
                    .isEqualTo(400);
        }
    }

    @Test
    void aPageOfAnotherHostIsRefused() throws Exception {
        try (var server = EchoServer.start(Map.of())) {
            assertThat(status(server, RawClient.upgrade("Origin: https://evil.example")))
                    .isEqualTo(403);
            assertThat(status(server, RawClient.upgrade("Origin: http://gateway:5173")))
                    .isEqualTo(101);
            assertThat(status(server, RawClient.upgrade("Origin: http://gateway", "Origin: http://gateway")))
                    .isEqualTo(403);

            assertThat(server.attempts("refused-origin", "origin")).isEqualTo(2);
        }
    }

    @Test
    void aListedPageIsNot() throws Exception {
        try (var server = EchoServer.start(Map.of("admission.origins", "https://play.example.com"))) {
            assertThat(status(server, RawClient.upgrade("Origin: https://play.example.com")))
                    .isEqualTo(101);
            assertThat(status(server, RawClient.upgrade("Origin: http://gateway")))
                    .isEqualTo(403);
        }
    }

    @Test
    void moreSocketsThanMayWaitAreClosed() throws Exception {
        try (var server = EchoServer.start(Map.of("admission.max-waiting", "1"));
                var waiting = RawClient.connect(server.port())) {
            await().until(() -> server.connections("waiting") == 1);
            try (var other = RawClient.connect(server.port())) {
                assertThat(other.isAtEnd()).isTrue();
            }
            assertThat(server.attempts("refused-full", "waiting")).isOne();

            waiting.write(bytes(RawClient.upgrade()));

            assertThat(waiting.head().getFirst()).startsWith("HTTP/1.1 101");
            await().until(() -> server.connections("waiting") == 0);
            RawClient.open(server.port()).close();
        }
    }

    @Test
    void whoAsksForNothingIsClosedInTime() throws Exception {
        try (var server = EchoServer.start(Map.of("transport.request-timeout", "200ms"));
                var client = RawClient.connect(server.port())) {
            client.write(bytes("GET /v1/connect HTTP/1.1\r\n"));

            assertThat(client.isAtEnd()).isTrue();
            assertThat(server.attempts("request-late", "timeout")).isOne();
            await().until(() -> server.connections("waiting") == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'nonsense\r\n\r\n', 400",
        "'GET /v1/connect HTTP/1.1\r\nbad header\r\n\r\n', 400",
        "'GET /v1/connect HTTP/1.1\r\nUpgrade: websocket\r\n\r\n', 400",
        "'GET /v1/connect HTTP/1.0\r\nHost: a\r\n\r\n', 400",
        "'GET /v1/elsewhere HTTP/1.1\r\nHost: a\r\n\r\n', 404",
        "'POST /v1/connect HTTP/1.1\r\nHost: a\r\n\r\n', 405"
    })
    void whatIsNoRequestForAnUpgradeIsToldSo(String request, int status) throws Exception {
        try (var server = EchoServer.start(Map.of())) {
            assertThat(status(server, request)).isEqualTo(status);
        }
    }

    @Test
    void aRequestIsSmall() throws Exception {
        var large = "x".repeat(9_000);
        try (var server = EchoServer.start(Map.of())) {
            assertThat(status(server, "GET /" + large + " HTTP/1.1\r\n\r\n")).isEqualTo(414);
            assertThat(status(server, RawClient.upgrade("Cookie: " + large))).isEqualTo(431);
            assertThat(status(server, RawClient.upgrade("Content-Length: 9000") + large))
                    .isEqualTo(413);
        }
    }

    @Test
    void anotherVersionOfWebSocketsIsNotSpoken() throws Exception {
        try (var server = EchoServer.start(Map.of())) {
            var older = RawClient.upgrade().replace("Version: 13", "Version: 8");

            assertThat(status(server, older)).isEqualTo(426);
        }
    }

    @Test
    void aConnectionHasOneRequest() throws Exception {
        try (var server = EchoServer.start(Map.of());
                var client = RawClient.connect(server.port())) {
            client.write(bytes("GET / HTTP/1.1\r\n\r\n" + RawClient.upgrade()));

            assertThat(client.head().getFirst()).startsWith("HTTP/1.1 404");
            await().until(() -> server.connections("waiting") == 0);
            assertThat(server.connections("upgraded")).isZero();
        }
    }

    private static EchoServer limited(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.putAll(Map.of(
                "admission.unlimited", NOBODY,
                "admission.attempts-burst", "1",
                "admission.attempts-per-second", "0.01"));
        return EchoServer.start(all);
    }

    private static Map<String, String> proxyProtocol() {
        return Map.of("admission.proxies", "127.0.0.1", "admission.proxies-tell", "proxy-protocol");
    }

    private static List<String> refusal(EchoServer server) throws IOException {
        return answer(server, bytes(RawClient.upgrade()));
    }

    private static int status(EchoServer server, String request) throws IOException {
        return status(server, bytes(request));
    }

    private static int status(EchoServer server, byte[] request) throws IOException {
        return Integer.parseInt(answer(server, request).getFirst().substring(9, 12));
    }

    private static List<String> answer(EchoServer server, byte[] request) throws IOException {
        try (var client = RawClient.connect(server.port())) {
            client.write(request);
            return client.head();
        }
    }

    private static int retryAfter(List<String> head) {
        return head.stream()
                .filter(line -> line.startsWith("retry-after: "))
                .mapToInt(line -> Integer.parseInt(line.substring("retry-after: ".length())))
                .findFirst()
                .orElseThrow();
    }

    /// From 203.0.113.x, as the PROXY protocol has it.
    private static byte[] proxied(int version, int host, String request) {
        if (version == 1) {
            return bytes("PROXY TCP4 203.0.113." + host + " 192.0.2.1 4711 443\r\n" + request);
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a});
        bytes.writeBytes(new byte[] {0x21, 0x11, 0, 12, (byte) 203, 0, 113, (byte) host, (byte) 192, 0, 2, 1});
        bytes.writeBytes(new byte[] {0x12, 0x67, 0x01, (byte) 0xbb});
        bytes.writeBytes(bytes(request));
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
