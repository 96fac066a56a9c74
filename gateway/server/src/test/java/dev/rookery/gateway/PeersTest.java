package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/// Peers that are slow, silent, hasty or broken.
class PeersTest {

    @RegisterExtension
    static final RunningGateway gateway = RunningGateway.with(
            "rookery.session.heartbeat=500ms",
            "rookery.slow-reader.max-unsent=6MB",
            "rookery.transport.request-timeout=1s",
            // As fast as they like: here it is not the gateway that is slow to read.
            "rookery.limits.frames-per-second=10000000",
            "rookery.limits.frame-burst=10000000",
            "rookery.limits.bytes-per-second=1GB",
            "rookery.limits.byte-burst=1GB");

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String LARGE = "\"" + "x".repeat(50_000) + "\"";
    /// As many large events as the sockets of both sides do not hold, and what may be unsent does.
    private static final int OVER_THE_SOCKETS = 140;
    /// As many as both together do not hold.
    private static final int OVER_THE_LIMIT = 320;

    private final PlayerId player = new PlayerId("Aa-" + UUID.randomUUID());
    private final Probe probe = gateway.probe();

    @Test
    void aPeerThatIsSilentForTwoHeartbeatsIsDropped() throws IOException {
        try (var client = welcome()) {
            client.write(RawClient.frame(RawClient.PING, new byte[] {7}));
            awaitPong(client, 7);

            assertThat(client.next().opcode()).isEqualTo(RawClient.PING);
            assertThat(client.next().opcode()).isEqualTo(RawClient.PING);
            assertThat(client.next().closeCode()).isEqualTo(4002);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void whateverAPeerSendsKeepsItAlive() throws IOException {
        try (var client = welcome()) {
            for (int i = 0; i < 6; i++) {
                assertThat(client.next().opcode()).isEqualTo(RawClient.PING);
                client.write(RawClient.frame(RawClient.PONG, new byte[0]));
            }

            client.send("{\"op\":\"ping\"}");
            assertThat(client.nextText()).isEqualTo("{\"op\":\"pong\"}");
        }
    }

    /// It does not read, so a goodbye would wait for ever behind what it has not read.
    @Test
    void aPeerThatIsSilentAndDoesNotReadIsDropped() throws IOException {
        try (var client = welcomeNarrow()) {
            try (var _ = client.keptAlive()) {
                flood(OVER_THE_SOCKETS);
            }

            await().until(() -> !gateway.follows(player));
        }
    }

    @Test
    void aSlowReaderIsClosedAndResumesAndNobodyElseNotices() throws IOException {
        var other = neighbourOf(player);
        var seen = new ArrayList<Long>();
        var epoch = probe.position(player).epoch();
        try (var client = welcomeNarrow();
                var _ = client.keptAlive();
                var quick = gateway.welcome(other)) {
            flood(OVER_THE_LIMIT);
            awaitEvent(quick, other);

            var frame = client.next();
            for (; frame.opcode() != RawClient.CLOSE && seen.size() < OVER_THE_LIMIT; frame = client.next()) {
                if (frame.opcode() == RawClient.TEXT) {
                    seen.add(JSON.readTree(frame.text()).path("seq").asLong());
                }
            }
            assertThat(frame.opcode()).isEqualTo(RawClient.CLOSE);
            assertThat(frame.closeCode()).isEqualTo(4001);
        }

        try (var client = gateway.connect()) {
            client.send(RunningGateway.resume(player, epoch, seen.getLast()));
            assertThat(client.next("welcome").path("resumed").asBoolean(false)).isTrue();
            while (seen.getLast() < OVER_THE_LIMIT) {
                seen.add(client.next("event").path("seq").asLong());
            }
        }
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, OVER_THE_LIMIT)
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    /// A history is given as fast as it is read: only who does not take what is new is too slow.
    @Test
    void aLongHistoryMakesNobodyTooSlow() throws IOException {
        var epoch = probe.position(player).epoch();
        flood(OVER_THE_LIMIT);

        var other = neighbourOf(player);
        try (var client = RawClient.openNarrow(gateway.port());
                var _ = client.keptAlive();
                var quick = gateway.welcome(other)) {
            client.send(RunningGateway.resume(player, epoch, 0));
            assertThat(client.nextText()).contains("\"resumed\":true");
            probe.push(player, 1, "{}");
            awaitEvent(quick, other);
            client.send("{\"op\":\"ping\"}");

            var seen = new ArrayList<Long>();
            while (seen.size() <= OVER_THE_LIMIT) {
                var frame = JSON.readTree(client.nextText());
                if (frame.path("op").asString().equals("event")) {
                    seen.add(frame.path("seq").asLong());
                }
            }
            assertThat(seen)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, OVER_THE_LIMIT + 1)
                            .mapToObj(Long::valueOf)
                            .toList());
        }
    }

    /// What a client asks for waits for it as what happens by itself does; that it still says something does not help.
    @Test
    void aClientThatAsksAndDoesNotReadIsDropped() throws IOException {
        try (var client = welcomeNarrow();
                var _ = client.keptAlive()) {
            var ping = "{\"op\":\"ping\",\"at\":\"" + "x".repeat(10_000) + "\"}";
            for (int i = 0; i < 1_200; i++) {
                client.send(ping);
            }

            await().until(() -> !gateway.follows(player));
        }
    }

    @Test
    void aClientThatPingsAndDoesNotReadIsDropped() throws IOException {
        try (var client = welcomeNarrow();
                var _ = client.keptAlive()) {
            var pings = new ByteArrayOutputStream();
            for (int i = 0; i < 1_000; i++) {
                pings.writeBytes(RawClient.frame(RawClient.PING, new byte[125]));
            }
            for (int i = 0; i < 100; i++) {
                client.write(pings.toByteArray());
            }

            await().until(() -> !gateway.follows(player));
        }
    }

    /// The token is still being verified when they come.
    @Test
    void whatAHastyClientSendsBehindItsHelloIsTakenInOrder() throws IOException {
        try (var client = RawClient.open(gateway.port())) {
            client.send(
                    RunningGateway.hello(player),
                    "{\"op\":\"ping\",\"at\":1}",
                    "{\"op\":\"ping\",\"at\":2}",
                    "{\"op\":\"ping\",\"at\":3}");

            assertThat(client.nextText()).contains("\"welcome\"");
            assertThat(List.of(client.nextText(), client.nextText(), client.nextText()))
                    .containsExactly(
                            "{\"op\":\"pong\",\"at\":1}", "{\"op\":\"pong\",\"at\":2}", "{\"op\":\"pong\",\"at\":3}");
        }
    }

    @Test
    void aNewTokenBehindTheHelloIsNotLost() throws IOException {
        try (var client = RawClient.open(gateway.port())) {
            client.send(
                    RunningGateway.hello(player),
                    "{\"op\":\"refresh\",\"token\":\"" + RunningGateway.strangersToken(player) + "\"}");

            assertThat(client.closeCode()).isEqualTo(4200);
        }
    }

    @Test
    void aConnectionThatEndsBeforeItsTokenIsVerifiedNeverCounts() throws IOException {
        await().until(() -> gateway.open() == 0);
        try (var client = RawClient.open(gateway.port())) {
            client.write(both(
                    RawClient.frame(RawClient.TEXT, RunningGateway.hello(player).getBytes(StandardCharsets.UTF_8)),
                    RawClient.frame(RawClient.BINARY, new byte[1])));
            assertThat(client.closeCode()).isEqualTo(4202);
            client.write(RawClient.frame(RawClient.CLOSE, new byte[0]));
            assertThat(client.isAtEnd()).isTrue();
        }

        try (var client = gateway.welcome(player)) {
            client.assertSilent();
            await().untilAsserted(() -> assertThat(gateway.open()).isEqualTo(1));
        }
    }

    @Test
    void aConnectionThatEndsBeforeItsTokenIsVerifiedReplacesNobody() throws IOException {
        try (var older = gateway.welcome(player);
                var newer = RawClient.open(gateway.port())) {
            newer.write(both(
                    RawClient.frame(RawClient.TEXT, RunningGateway.hello(player).getBytes(StandardCharsets.UTF_8)),
                    RawClient.frame(RawClient.CLOSE, new byte[0])));
            assertThat(newer.next()).isEqualTo(new RawClient.Frame(RawClient.CLOSE, ""));
            gateway.welcome(new PlayerId("p-" + UUID.randomUUID())).close();

            older.assertSilent();
        }
    }

    @Test
    void textThatIsNoTextEndsTheConnection() throws IOException {
        try (var client = welcome()) {
            client.write(RawClient.frame(RawClient.TEXT, new byte[] {(byte) 0xc3, (byte) 0x28}));

            assertThat(client.closeCode()).isEqualTo(1_007);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void aFrameThatIsNotMaskedEndsTheConnection() throws IOException {
        try (var client = welcome()) {
            client.write(new byte[] {(byte) 0x81, 2, '{', '}'});

            assertThat(client.closeCode()).isEqualTo(1_002);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void aMessageInPiecesIsOneMessage() throws IOException {
        try (var client = welcome()) {
            client.write(new byte[] {0x01, (byte) 0x85, 0, 0, 0, 0, '{', '"', 'o', 'p', '"'});
            client.write(RawClient.frame(RawClient.PING, new byte[] {7}));
            client.write(both(
                    new byte[] {(byte) 0x80, (byte) 0x88, 0, 0, 0, 0}, ":\"ping\"}".getBytes(StandardCharsets.UTF_8)));

            awaitPong(client, 7);
            assertThat(client.nextText()).isEqualTo("{\"op\":\"pong\"}");
        }
    }

    /// A byte now and then is no request.
    @Test
    void whoTakesTooLongToAskIsDropped() throws IOException {
        try (var client = RawClient.connect(gateway.port());
                var dripping = Executors.newSingleThreadScheduledExecutor()) {
            client.write("GET /v1/connect HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            dripping.scheduleAtFixedRate(() -> drip(client), 50, 50, TimeUnit.MILLISECONDS);

            assertThat(client.isAtEnd()).isTrue();
            dripping.shutdownNow();
        }
    }

    private static void drip(RawClient client) {
        try {
            client.write(new byte[] {'x'});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Written on the spot, so that all pings after it come later.
    private static void awaitPong(RawClient client, int content) throws IOException {
        var pong = client.next();
        while (pong.opcode() == RawClient.PING) {
            pong = client.next();
        }
        assertThat(pong).isEqualTo(new RawClient.Frame(RawClient.PONG, Character.toString(content)));
    }

    private void flood(int events) {
        for (int pushed = 0; pushed < events; pushed += 20) {
            probe.push(player, Math.min(20, events - pushed), LARGE);
        }
    }

    private void awaitEvent(Client client, PlayerId other) {
        client.act("c-1");
        client.next("accepted");
        probe.decideNext(other);
        client.next("event");
    }

    /// Another player with the same hash and so at the same home: what is heard for one is there before what is
    /// heard later for the other.
    private static PlayerId neighbourOf(PlayerId player) {
        var neighbour = new PlayerId(player.value().replaceFirst("Aa", "BB"));
        assertThat(neighbour).isNotEqualTo(player).hasSameHashCodeAs(player);
        return neighbour;
    }

    private RawClient welcome() throws IOException {
        return welcome(RawClient.open(gateway.port()));
    }

    private RawClient welcomeNarrow() throws IOException {
        return welcome(RawClient.openNarrow(gateway.port()));
    }

    private RawClient welcome(RawClient client) throws IOException {
        client.send(RunningGateway.hello(player));
        assertThat(client.nextText()).contains("\"welcome\"");
        return client;
    }

    private static byte[] both(byte[] first, byte[] second) {
        var both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
