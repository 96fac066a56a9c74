package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.gateway.transport.Pages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The browser client over a real socket: requests are written byte by byte, as no HTTP client would.
class PagesTest {

    private static final String INDEX = "<!doctype html>" + "<p>Rookery</p>".repeat(50);
    private static final String SCRIPT = "console.log('rookery');".repeat(20_000);

    private static EchoServer server;

    @BeforeAll
    static void start() {
        server = EchoServer.start(Pages.of(
                Map.of("index.html", bytes(INDEX), "assets/index-Bq1.js", bytes(SCRIPT), "icon.svg", bytes("<svg/>"))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void thePageIsAskedForAnewAndItsPolicyAllowsNothingInline() {
        var answer = ask("GET", "/");

        assertThat(answer.head())
                .startsWith("HTTP/1.1 200 ")
                .contains("content-type: text/html; charset=utf-8", "cache-control: no-cache")
                .contains("content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'")
                .contains("frame-ancestors 'none'", "X-Content-Type-Options: nosniff")
                .doesNotContain("unsafe-inline");
        assertThat(answer.text()).isEqualTo(INDEX);
    }

    @Test
    void whatIsNamedByItsContentIsKeptForEver() {
        var answer = ask("GET", "/assets/index-Bq1.js");

        assertThat(answer.head())
                .contains("content-type: text/javascript", "cache-control: public, max-age=31536000, immutable");
        assertThat(answer.text()).isEqualTo(SCRIPT);
    }

    @Test
    void whoTakesGzipGetsTheSameInFewerBytes() throws Exception {
        var answer = ask("GET", "/assets/index-Bq1.js", "Accept-Encoding: br, gzip");

        assertThat(answer.head()).contains("content-encoding: gzip", "vary: accept-encoding");
        assertThat(answer.body()).hasSizeLessThan(SCRIPT.length() / 10);
        try (var plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(SCRIPT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip;q=0", "gzip; q=0.0", "xgzip"})
    void whoDoesNotTakeGzipGetsItPlain(String codings) {
        var answer = ask("GET", "/", "Accept-Encoding: " + codings);

        assertThat(answer.head()).doesNotContain("content-encoding");
        assertThat(answer.text()).isEqualTo(INDEX);
    }

    @Test
    void aHeadTellsTheLengthAndSendsNothing() {
        var answer = ask("HEAD", "/");

        assertThat(answer.head()).startsWith("HTTP/1.1 200 ").contains("content-length: " + INDEX.length());
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void whoHasItAlreadyIsToldSo() {
        var tag = ask("GET", "/")
                .head()
                .lines()
                .filter(line -> line.startsWith("etag: "))
                .findFirst()
                .orElseThrow()
                .substring("etag: ".length());

        var answer = ask("GET", "/", "If-None-Match: " + tag);

        assertThat(answer.head()).startsWith("HTTP/1.1 304 ");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aPageIsReadAndNotWritten() {
        assertThat(ask("POST", "/", "Content-Length: 0").head()).startsWith("HTTP/1.1 405 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets",
                "/assets/",
                "/assets/other.js",
                "/index.html/",
                "/../application.yaml",
                "/assets/../index.html",
                "/assets/..%2f..%2fapplication.yaml",
                "/%2e%2e/application.yaml",
                "/assets/%00index-Bq1.js",
                "//etc/passwd",
                "/files.txt",
                "/..\\application.yaml"
            })
    void noPathLeadsElsewhere(String path) {
        assertThat(ask("GET", path).head()).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void aGatewayBuiltWithoutTheClientSaysSo() {
        try (var bare = EchoServer.start(Map.of())) {
            var answer = ask(bare, "GET", "/");

            assertThat(answer.head()).startsWith("HTTP/1.1 404 ");
            assertThat(answer.text()).contains("the browser client is not in this gateway");
        }
    }

    private static Reply ask(String method, String path, String... headers) {
        return ask(server, method, path, headers);
    }

    private static Reply ask(EchoServer asked, String method, String path, String... headers) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), asked.port())) {
            var more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            socket.getOutputStream()
                    .write(bytes(method + " " + path + " HTTP/1.1\r\nHost: gateway\r\n" + more + "\r\n"));
            var answer = socket.getInputStream().readAllBytes();
            int end = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
            var head = new String(answer, 0, end, StandardCharsets.ISO_8859_1);
            return new Reply(head, new String(answer, end + 4, answer.length - end - 4, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// @param text the body, a character a byte
    private record Reply(String head, String text) {

        byte[] body() {
            return bytes(text);
        }
    }
}
