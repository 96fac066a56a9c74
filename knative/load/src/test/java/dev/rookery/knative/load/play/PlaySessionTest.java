package dev.rookery.knative.load.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.load.player.PlayerClient;
import dev.rookery.knative.load.player.ScriptedGateway;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PlaySessionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ScriptedGateway gateway = new ScriptedGateway();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void aScriptShowsEveryFrameInOrderAndWaitsForEachAnswer() throws Exception {
        var ended = play("deposit 10.00 EUR\nbalance\n", PATIENCE);

        var server = gateway.next();
        server.hello();
        server.welcome("e1", 0, false);
        var deposit = server.receive();
        server.decide(1, deposit.path("id").asString());
        var balance = server.receive();
        server.send("{\"op\":\"answer\",\"re\":\"" + balance.path("id").asString()
                + "\",\"outcome\":\"done\",\"data\":{\"balances\":[]}}");

        assertThat(ended.join()).isTrue();
        assertThat(deposit.path("data")).hasToString("{\"amount\":1000,\"currency\":\"EUR\"}");
        assertThat(lines()).hasSize(6);
        assertThat(lines().get(0)).startsWith("→ {\"op\":\"hello\",\"token\":\"<token>\"");
        assertThat(lines().get(1)).startsWith("← {\"op\":\"welcome\"");
        assertThat(lines().get(2)).isEqualTo("→ " + deposit);
        assertThat(lines().get(3)).startsWith("← {\"op\":\"event\",\"seq\":1");
        assertThat(lines().get(4)).isEqualTo("→ " + balance);
        assertThat(lines().get(5)).startsWith("← {\"op\":\"answer\"");
    }

    @Test
    void aLineThatCannotBeDoneIsMarkedAndTheScriptGoesOn() throws Exception {
        var ended = play("deposit ten EUR\nquit\nbalance\n", PATIENCE);

        assertThat(ended.join()).isFalse();
        assertThat(lines()).contains("! amount: ten (expected: a number such as 10 or 2.50)");
    }

    @Test
    void aScriptDoesNotWaitForEverAndSaysSo() throws Exception {
        var ended = play("balance\n", Duration.ofMillis(1));

        assertThat(ended.join()).isFalse();
        assertThat(lines()).contains("! no answer within PT0.001S");
    }

    @Test
    void aFrameTheServerDoesNotTakeIsShownWithItsCode() throws Exception {
        var ended = play("balance\n", PATIENCE);
        var server = gateway.next();
        server.hello();
        server.welcome("e1", 0, false);

        server.send("{\"op\":\"error\",\"re\":\"" + server.receiveId()
                + "\",\"code\":\"unknown-type\",\"message\":\"none\",\"retryable\":false}");

        assertThat(ended.join()).isFalse();
        assertThat(lines()).contains("! unknown-type: none");
    }

    private CompletableFuture<Boolean> play(String script, Duration patience) {
        var console = new PipedConsole(
                new BufferedReader(new StringReader(script)), new PrintStream(printed, true, StandardCharsets.UTF_8));
        return CompletableFuture.supplyAsync(() -> {
            try (var client = new PlayerClient(
                    gateway.url(), player -> CompletableFuture.completedFuture("secret"), new Random(1))) {
                var player = client.connect("p-7", new FramePrinter(console));
                return new PlaySession(console, player, patience).run();
            }
        });
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
