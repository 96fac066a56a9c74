package dev.rookery.knative.load.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.knative.load.protocol.Closing;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PlayerConnectionTest {

    private final ScriptedGateway gateway = new ScriptedGateway();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Home home = new Home();
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final Queue<Closing> endings = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        gateway.close();
        http.shutdownNow();
        home.close();
    }

    @Test
    void framesArriveInTheOrderInWhichTheyWereSent() throws Exception {
        var connection = open();
        var server = gateway.next();

        for (int i = 0; i < 500; i++) {
            connection.send("{\"id\":\"" + i + "\"}");
        }

        for (int i = 0; i < 500; i++) {
            assertThat(server.receiveId()).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void moreThanIsReadAheadIsReadWithoutALoss() throws Exception {
        open();
        var server = gateway.next();

        IntStream.range(0, 300).forEach(i -> server.send("m-" + i));

        await().until(() -> received.size() == 300);
        assertThat(received)
                .containsExactlyElementsOf(
                        IntStream.range(0, 300).mapToObj(i -> "m-" + i).toList());
    }

    @Test
    void aLongMessageComesWhole() throws Exception {
        open();
        var text = "x".repeat(1 << 20);

        gateway.next().send(text);

        await().until(() -> !received.isEmpty());
        assertThat(received.peek()).hasSize(text.length());
    }

    @Test
    void aMessageThatIsTooLongEndsTheConnection() throws Exception {
        open();

        gateway.next().send("x".repeat((1 << 20) + 1));

        await().until(() -> !endings.isEmpty());
        assertThat(endings).extracting(Closing::code).containsExactly(Closing.TOO_LARGE);
        assertThat(received).isEmpty();
    }

    @Test
    void itsEndIsToldOnceWithTheServersCode() throws Exception {
        var connection = open();

        gateway.next().close(4001);
        await().until(() -> !endings.isEmpty());
        connection.drop("again");
        home.execute(() -> received.add("after"));

        await().until(() -> received.contains("after"));
        assertThat(endings).containsExactly(new Closing(4001, "told so"));
    }

    private PlayerConnection open() {
        return PlayerConnection.open(http, gateway.url(), Duration.ofSeconds(60), home, new PlayerConnection.Owner() {
                    @Override
                    public void received(PlayerConnection from, String text) {
                        received.add(text);
                    }

                    @Override
                    public void ended(PlayerConnection connection, Closing how) {
                        endings.add(how);
                    }
                })
                .join();
    }
}
