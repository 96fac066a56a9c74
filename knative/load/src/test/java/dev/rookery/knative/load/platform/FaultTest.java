package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.knative.load.player.Player;
import dev.rookery.knative.load.player.PlayerClient;
import dev.rookery.knative.load.player.PlayerListener;
import dev.rookery.knative.load.protocol.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/// Processes are killed while a player sends 200 deposits and retries as the protocol says. Whatever dies: one
/// transfer a deposit, one answer a command, and balances that add up.
class FaultTest {

    @RegisterExtension
    static final SharedPlatform rookery = new SharedPlatform();

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int DEPOSITS = 200;
    private static final Duration BOUND = Duration.ofMinutes(3);

    private final String id = "p-" + UUID.randomUUID();
    private final List<CompletableFuture<Event>> answers = new ArrayList<>();
    private PlayerClient client;
    private Player player;

    @BeforeEach
    void connect() {
        client = rookery.client();
        player = client.connect(id, new PlayerListener() {});
    }

    @AfterEach
    void leave() {
        client.close();
    }

    @Test
    void theFunctionIsKilledBetweenCommitAndAnswer() {
        deposit(0, DEPOSITS / 2);
        awaitAnswers(DEPOSITS / 4);

        // With Redis halted the function commits and cannot tell: it dies at that very point.
        rookery.signal("redis", "STOP");
        deposit(DEPOSITS / 2, DEPOSITS);
        await().atMost(BOUND).until(() -> rookery.ledger().decided(id).size() > answered());
        long killed = rookery.launched().pid("wallet");
        rookery.kill("wallet");
        rookery.signal("redis", "CONT");

        rookery.awaitRestartOf("wallet", killed);
        assertEveryDepositOnce();
    }

    @Test
    void theGatewayIsKilledBetweenAcceptAndAnswer() {
        deposit(0, DEPOSITS / 2);
        awaitAnswers(DEPOSITS / 4);

        // With the function halted a command is accepted and stays undecided: the gateway dies at that very point.
        rookery.signal("wallet", "STOP");
        deposit(DEPOSITS / 2, DEPOSITS);
        await().atMost(BOUND).until(() -> player.observed().accepted() > answered());
        long killed = rookery.launched().pid("gateway");
        rookery.kill("gateway");
        rookery.awaitRestartOf("gateway", killed);
        rookery.signal("wallet", "CONT");

        assertEveryDepositOnce();
    }

    @Test
    void redisIsKilledAndComesBackOnItsData() {
        killAmidDeposits("redis");

        assertEveryDepositOnce();
    }

    @Test
    void postgresIsKilledAndComesBackOnItsData() {
        killAmidDeposits("postgres");

        assertEveryDepositOnce();
    }

    @Test
    void kafkaIsKilledAndComesBackOnItsData() {
        killAmidDeposits("kafka");

        assertEveryDepositOnce();
    }

    private void killAmidDeposits(String process) {
        deposit(0, DEPOSITS / 2);
        awaitAnswers(DEPOSITS / 4);
        long killed = rookery.launched().pid(process);
        rookery.kill(process);
        deposit(DEPOSITS / 2, DEPOSITS);
        rookery.awaitRestartOf(process, killed);
    }

    /// The n-th is of n + 1 cents.
    private void deposit(int from, int to) {
        for (int n = from; n < to; n++) {
            var money = JSON.createObjectNode().put("amount", n + 1).put("currency", "EUR");
            answers.add(player.command("c-" + n, "wallet.deposit", money));
        }
    }

    private void awaitAnswers(int count) {
        await().atMost(BOUND).until(() -> answered() >= count);
    }

    private long answered() {
        return answers.stream().filter(CompletableFuture::isDone).count();
    }

    private void assertEveryDepositOnce() {
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS)
                .join();
        var ledger = rookery.ledger();

        assertThat(answers)
                .hasSize(DEPOSITS)
                .allSatisfy(answer -> assertThat(answer.join().type()).isEqualTo("wallet.deposited"));
        assertThat(ledger.transfers(id))
                .extracting(transfer -> Integer.valueOf(transfer.substring(0, transfer.indexOf(' '))))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, DEPOSITS).boxed().toList());
        assertThat(ledger.decided(id)).hasSize(DEPOSITS);
        assertThat(ledger.balances(id)).containsExactly(DEPOSITS * (DEPOSITS + 1) / 2 + " EUR");
        assertThat(ledger.wrongBalances()).isEmpty();
        assertThat(ledger.imbalances()).isEmpty();
        assertThat(player.observed().violations()).isEmpty();
    }
}
