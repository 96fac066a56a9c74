package dev.rookery.knative.load.player;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A player who knows two gateways.
@Timeout(120)
class SeveralGatewaysTest {

    private static final JsonNode DATA = JsonMapper.shared().createObjectNode().put("amount", 1);
    private static final PlayerSettings SETTINGS = new PlayerSettings(
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(20)),
            32,
            100,
            100);

    private final ScriptedGateway first = new ScriptedGateway();
    private final ScriptedGateway second = new ScriptedGateway();
    private final PlayerClient client = new PlayerClient(
            List.of(first.url(), second.url()), player -> CompletableFuture.completedFuture("token"), new Random(7));
    private final RecordingListener listener = new RecordingListener();
    private Player player;

    @BeforeEach
    void connect() {
        player = client.connect("p-7", SETTINGS, listener);
    }

    @AfterEach
    void close() {
        client.close();
        first.close();
        second.close();
    }

    @Test
    void whenOneIsGoneThePlayerResumesOnTheOther() throws Exception {
        first.nextWelcomed("e1", 41, false).drop();

        var hello = second.next().hello();

        assertThat(hello.path("resume").path("seq").asLong()).isEqualTo(41);
    }

    @Test
    void whenOneDrainsThePlayerGoesOnWithTheOther() throws Exception {
        first.nextWelcomed("e1", 41, false).send("{\"op\":\"drain\",\"reconnectInMillis\":1}");

        var moved = second.nextWelcomed("e1", 41, true);
        player.command("c-1", "wallet.deposit", DATA);

        assertThat(moved.receiveId()).isEqualTo("c-1");
    }

    @Test
    void oneThatRefusesIsPassedOver() throws Exception {
        second.refuseNextFor(0);
        first.nextWelcomed("e1", 41, false).drop();

        first.nextWelcomed("e1", 41, true);
        assertThat(listener.partings)
                .hasSize(2)
                .last()
                .satisfies(how -> assertThat(how.reason()).startsWith("cannot connect"));
    }
}
