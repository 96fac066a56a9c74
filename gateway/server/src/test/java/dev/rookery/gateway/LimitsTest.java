package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.contract.PlayerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// Who sends more than may be sent.
class LimitsTest {

    private static final int BURST = 14;

    @RegisterExtension
    static final RunningGateway gateway = RunningGateway.with(
            "rookery.session.per-player=several",
            "rookery.session.commands-per-second=1",
            "rookery.session.heartbeat=500ms",
            "rookery.session.close-timeout=300ms",
            "rookery.limits.command-burst=" + BURST,
            "rookery.limits.frames-per-second=40",
            "rookery.limits.frame-burst=20",
            "rookery.limits.bytes-per-second=4KB",
            "rookery.limits.byte-burst=8KB",
            "rookery.limits.patience=3s",
            "rookery.limits.refreshes-per-minute=2");

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());

    @Test
    void commandsAboveTheRateHaveNoEffectAndMayBeSentLater() {
        try (var client = gateway.welcome(player)) {
            moves(client, "c", 2 * BURST);

            var frames = frames(client, 2 * BURST);
            var limited = limited(frames);
            assertThat(frames)
                    .filteredOn(frame -> !limited.contains(frame))
                    .hasSizeGreaterThanOrEqualTo(BURST)
                    .allMatch(frame -> frame.path("op").asString().equals("accepted"));
            assertThat(limited).isNotEmpty().allSatisfy(frame -> {
                assertThat(frame.path("re").asString()).startsWith("c-");
                assertThat(frame.path("retryable").asBoolean(false)).isTrue();
                assertThat(frame.path("retryAfterMillis").asInt()).isBetween(1, 1_001);
            });
        }
    }

    /// What was sent behind a command that has to be sent again must not pass it when a token comes in between.
    @Test
    void whatComesBehindACommandAboveTheRateIsSentBackWithIt() {
        try (var client = gateway.welcome(player)) {
            moves(client, "c", 2 * BURST);

            var limited = limited(frames(client, 2 * BURST));
            assertThat(limited.getFirst().path("message").asString()).contains("in a second");
            assertThat(limited.get(1).path("message").asString())
                    .contains(limited.getFirst().path("re").asString());
        }
    }

    @Test
    void thePlayersSessionsShareTheRate() {
        try (var one = gateway.welcome(player);
                var other = gateway.welcome(player)) {
            moves(one, "c", BURST);
            frames(one, BURST);
            moves(other, "d", BURST);

            // A token a second comes in meanwhile; a burst of its own would be all.
            assertThat(limited(frames(other, BURST))).hasSizeGreaterThan(BURST / 2);
        }
    }

    /// It is read more slowly than the heartbeat is patient; it is not to blame for that.
    @Test
    void whoSendsTooFastOnceIsReadMoreSlowlyAndLosesNothing() {
        try (var client = gateway.welcome(player)) {
            for (int i = 0; i < 60; i++) {
                client.send("{\"op\":\"ping\",\"at\":" + i + "}");
            }
            client.send("{\"op\":\"ping\",\"at\":\"" + "x".repeat(14_000) + "\"}");
            client.send("{\"op\":\"ping\",\"at\":60}");

            for (int i = 0; i < 60; i++) {
                assertThat(client.nextText()).isEqualTo("{\"op\":\"pong\",\"at\":" + i + "}");
            }
            assertThat(client.nextText()).hasSizeGreaterThan(14_000);
            assertThat(client.nextText()).isEqualTo("{\"op\":\"pong\",\"at\":60}");
        }
    }

    /// Not as fast as can be: what the gateway then reads at once is too much for many seconds.
    @Test
    void whoDoesNotStopIsClosedWith4005() throws IOException {
        try (var client = RawClient.open(gateway.port());
                var sending = Executors.newSingleThreadScheduledExecutor()) {
            client.send(RunningGateway.hello(player));
            var ping = RawClient.frame(RawClient.TEXT, "{\"op\":\"ping\"}".getBytes(StandardCharsets.UTF_8));
            sending.scheduleAtFixedRate(() -> write(client, ping), 5, 5, TimeUnit.MILLISECONDS);

            assertThat(client.closeCode()).isEqualTo(4005);
            sending.shutdownNow();
        }
    }

    /// A message that never ends is no frame for a long time, and no decoder may read on for its end.
    @Test
    void partsOfAMessageThatNeverEndsCountToo() throws IOException {
        try (var client = RawClient.open(gateway.port())) {
            client.send(RunningGateway.hello(player));
            var part = new byte[] {RawClient.TEXT, (byte) 0x80, 0, 0, 0, 0};
            client.write(part);
            part[0] = 0;
            var sending = Thread.ofVirtual().start(() -> {
                try {
                    while (!Thread.currentThread().isInterrupted()) {
                        client.write(part);
                    }
                } catch (IOException e) {
                    // It was closed, as it should be.
                    Thread.currentThread().interrupt();
                }
            });

            assertThat(client.closeCode()).isEqualTo(4005);
            sending.interrupt();
        }
    }

    @Test
    void tokensAreTakenAtARate() {
        try (var client = gateway.welcome(player)) {
            var refresh = "{\"op\":\"refresh\",\"token\":\"" + RunningGateway.token(player) + "\"}";

            client.send(refresh).send(refresh).send(refresh);

            var limited = client.next("error");
            assertThat(limited.path("code").asString()).isEqualTo("rate-limited");
            assertThat(limited.path("retryAfterMillis").asInt()).isBetween(1, 30_000);
            client.assertSilent();
        }
    }

    private static void write(RawClient client, byte[] bytes) {
        try {
            client.write(bytes);
        } catch (IOException e) {
            // It was closed, as it should be.
            throw new UncheckedIOException(e);
        }
    }

    /// Each with a key of its own, so that none waits for another.
    private static void moves(Client client, String ids, int count) {
        for (int i = 0; i < count; i++) {
            client.move(ids + "-" + i, "t-" + ids + i);
        }
    }

    private static List<JsonNode> frames(Client client, int count) {
        return Stream.generate(client::next).limit(count).toList();
    }

    private static List<JsonNode> limited(List<JsonNode> frames) {
        return frames.stream()
                .filter(frame -> frame.path("code").asString("").equals("rate-limited"))
                .toList();
    }
}
