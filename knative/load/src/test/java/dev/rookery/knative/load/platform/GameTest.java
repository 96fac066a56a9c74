package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.load.player.Player;
import dev.rookery.knative.load.player.PlayerClient;
import dev.rookery.knative.load.player.PlayerListener;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A player bets, decides, leaves, comes back and checks what was drawn, over the whole trip.
class GameTest {

    @RegisterExtension
    static final SharedPlatform rookery = new SharedPlatform();

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String name = "p-" + UUID.randomUUID();
    private PlayerClient client;
    private Player player;

    @BeforeEach
    void sitDown() throws Exception {
        client = rookery.client();
        player = client.connect(name, new PlayerListener() {});
        command("wallet.deposit", "{\"amount\":10000,\"currency\":\"EUR\"}");
        command("rounds.commit-seed", "{}");
        command("rounds.use-seed", "{\"clientSeed\":\"lucky\"}");
    }

    @AfterEach
    void leave() {
        client.close();
    }

    @Test
    void aRoundThatIsOverAtOnceIsPaidAtOnce() throws Exception {
        var settled = command(
                "rounds.bet",
                "{\"game\":\"dice\",\"terms\":{\"direction\":\"under\",\"target\":5000},\"stake\":1000,\"currency\":\"EUR\"}");

        long payout = settled.get("payout").longValue();
        assertThat(payout).isIn(0L, 1_980L);
        assertThat(rookery.ledger().balances(name)).containsExactly(9_000 + payout + " EUR");
        assertThat(rookery.ledger().imbalances()).isEmpty();
    }

    @Test
    void aRoundGoesOnAfterTheFunctionWasKilledAndIsProvenInTheEnd() throws Exception {
        var round = command(
                        "rounds.bet",
                        "{\"game\":\"mines\",\"terms\":{\"mines\":1},\"stake\":1000,\"currency\":\"EUR\"}")
                .get("round")
                .stringValue();

        rookery.kill("rounds");
        var moved = command("rounds.move", "{\"round\":\"" + round + "\",\"move\":{\"name\":\"reveal\",\"tile\":7}}");
        if (moved.get("state").stringValue().equals("open")) {
            command("rounds.move", "{\"round\":\"" + round + "\",\"move\":{\"name\":\"cash-out\"}}");
        }
        command("rounds.commit-seed", "{}");
        command("rounds.use-seed", "{\"clientSeed\":\"luckier\"}");
        var verified = query("rounds.verify", "{\"round\":\"" + round + "\"}");

        assertThat(verified.get("genuine").booleanValue()).isTrue();
        assertThat(rookery.ledger().wrongBalances()).isEmpty();
    }

    private JsonNode command(String type, String data) throws Exception {
        return player.command(type, JSON.readTree(data))
                .get(60, TimeUnit.SECONDS)
                .data();
    }

    private JsonNode query(String type, String data) throws Exception {
        return player.query(type, JSON.readTree(data)).get(60, TimeUnit.SECONDS).data();
    }
}
