package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.rookery.gateway.tls.Certificates;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/// The player port with a certificate.
class TlsTest {

    @TempDir
    private static Path made;

    private static SelfSigned first;
    private static SelfSigned second;
    private static SelfSigned third;
    private static SelfSigned withRsa;

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;

    @BeforeAll
    static void makeCertificates() throws Exception {
        first = SelfSigned.make(made, "EC");
        second = SelfSigned.make(made, "EC");
        third = SelfSigned.make(made, "EC");
        withRsa = SelfSigned.make(made, "RSA");
    }

    @BeforeEach
    void nameACertificate() throws Exception {
        certificate = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
        name(first);
    }

    @ParameterizedTest
    @CsvSource({"EC, TLSv1.3", "EC, TLSv1.2", "RSA, TLSv1.3", "RSA, TLSv1.2"})
    void playersSpeakTls(String algorithm, String version) throws Exception {
        var shown = algorithm.equals("RSA") ? withRsa : first;
        name(shown);
        try (var server = start(Map.of());
                var socket = socket(server, shown, version)) {
            socket.getOutputStream().write(RawClient.upgrade().getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 101");
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
    }

    @Test
    void olderVersionsAreNotSpoken() throws Exception {
        try (var server = start(Map.of())) {
            assertThatThrownBy(() -> socket(server, first, "TLSv1.1")).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void aNewCertificateIsShownWithoutARestart() throws Exception {
        try (var server = start(Map.of())) {
            socket(server, first, "TLSv1.3").close();

            name(second);

            await().ignoreExceptions()
                    .untilAsserted(() -> socket(server, second, "TLSv1.3").close());
            assertThatThrownBy(() -> socket(server, first, "TLSv1.3")).isInstanceOf(SSLException.class);
        }
    }

    /// Between the one file and the other, and when an operator errs.
    @Test
    void aCertificateWithoutItsKeyIsNotShown() throws Exception {
        try (var server = start(Map.of())) {
            var said = new ListAppender<ILoggingEvent>();
            said.start();
            ((Logger) LoggerFactory.getLogger(Certificates.class)).addAppender(said);
            Files.writeString(certificate, second.certificate());
            await().until(() -> !said.list.isEmpty());
            assertThat(said.list.getFirst().getFormattedMessage()).startsWith("keeps the certificate it has");
            socket(server, first, "TLSv1.3").close();

            name(third);

            await().ignoreExceptions()
                    .untilAsserted(() -> socket(server, third, "TLSv1.3").close());
        }
    }

    @Test
    void aCertificateWithoutItsKeyIsRefusedAtTheStart() throws Exception {
        Files.writeString(key, second.key());

        assertThatThrownBy(() -> start(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rookery.tls.key: of another certificate (expected: of the first one)");
    }

    @Test
    void whoSpeaksNoTlsIsClosedAndCounted() throws Exception {
        try (var server = start(Map.of());
                var client = RawClient.connect(server.port())) {
            client.write(RawClient.upgrade().getBytes(StandardCharsets.US_ASCII));

            await().until(() -> server.attempts("tls-failed", "not-tls") == 1);
            await().until(() -> server.connections("waiting") == 0);
        }
    }

    @Test
    void aHandshakeIsDoneInTime() throws Exception {
        try (var server = start(Map.of("tls.handshake-timeout", "200ms"));
                var client = RawClient.connect(server.port())) {
            assertThat(client.isAtEnd()).isTrue();

            await().until(() -> server.attempts("tls-failed", "timeout") == 1);
        }
    }

    @Test
    void aNamedProxySpeaksBeforeTls() throws Exception {
        try (var server = start(Map.of("admission.proxies", "127.0.0.1", "admission.proxies-tell", "proxy-protocol"));
                var plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            plain.getOutputStream()
                    .write("PROXY TCP4 203.0.113.1 192.0.2.1 4711 443\r\n".getBytes(StandardCharsets.US_ASCII));
            var socket = (SSLSocket) first.trusting().getSocketFactory().createSocket(plain, "localhost", 443, true);
            socket.getOutputStream().write(RawClient.upgrade().getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 101");
        }
    }

    private void name(SelfSigned now) throws Exception {
        Files.writeString(certificate, now.certificate());
        Files.writeString(key, now.key());
    }

    private EchoServer start(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("tls.certificate", certificate.toString());
        all.put("tls.key", key.toString());
        all.put("tls.reload-interval", "20ms");
        return EchoServer.start(all);
    }

    /// Through its handshake.
    private static SSLSocket socket(EchoServer server, SelfSigned trusted, String version) throws Exception {
        var socket = (SSLSocket)
                trusted.trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        return socket;
    }
}
