package dev.rookery.functions.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.functions.games.Move;
import dev.rookery.functions.games.fair.ServerSeed;
import dev.rookery.functions.ledger.LedgerDatabase;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What draws come from: committed to before, counted without a gap, shown afterwards.
class SeedsTest {

    @RegisterExtension
    static final LedgerDatabase database = LedgerDatabase.of("rounds");

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());
    private Instant now = Instant.now();
    private final Table table = new Table(database, () -> now);

    @AfterEach
    void end() {
        table.close();
    }

    @Test
    void nobodyBetsBeforeThereIsASeed() {
        assertThat(table.useSeed(player, "c-1").event()).contains("\"code\":\"no-commitment\"");
        table.seat(new PlayerId("other-" + UUID.randomUUID()), 1);
        assertThat(table.dice(player, "c-2", 1).event()).contains("\"code\":\"insufficient-funds\"");
        table.seat(player, 1_000);
        assertThat(table.dice(player, "c-3", 1).event()).contains("\"nonce\":0");
    }

    /// Or the house could be asked until a seed pleases.
    @Test
    void aCommitmentThatIsAskedForAgainIsTheSame() {
        var first = Table.data(table.commitSeed(player, "c-1"));

        var again = Table.data(table.commitSeed(player, "c-2"));

        assertThat(again).isEqualTo(first);
    }

    @Test
    void noncesHaveNoGapWhateverIsRefused() {
        table.seat(player, 10_000);

        var first = Table.data(table.dice(player, "c-1", 100));
        table.dice(player, "c-2", 1_000_000);
        table.dice(player, "c-1", 100);
        var second = Table.data(table.dice(player, "c-3", 100));

        assertThat(first.get("nonce").longValue()).isZero();
        assertThat(second.get("nonce").longValue()).isEqualTo(1);
    }

    @Test
    void aSeedIsShownWhenTheNextOneIsUsed() {
        table.seat(player, 10_000);
        var round = Table.round(table.dice(player, "c-1", 100));
        assertThat(table.verify(player, round))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("seed-in-use"));

        table.commitSeed(player, "c-2");
        var used = Table.data(table.useSeed(player, "c-3"));

        assertThat(used.get("shown").get("serverSeed").stringValue()).isEqualTo("ab".repeat(32));
        assertThat(used.get("shown").get("rounds").longValue()).isEqualTo(1);
        var verified = Table.json(table.verify(player, round));
        assertThat(verified.get("genuine").booleanValue()).isTrue();
        assertThat(verified.get("proof").get("commitment").stringValue())
                .isEqualTo(ServerSeed.parse("ab".repeat(32)).commitment());
    }

    /// It would show where the mines are.
    @Test
    void aSeedIsNotShownWhileARoundOfItIsOpen() {
        table.seat(player, 10_000);
        table.mines(player, "c-1", 100);
        table.commitSeed(player, "c-2");

        assertThat(table.useSeed(player, "c-3").event()).contains("\"code\":\"round-open\"");
    }

    @Test
    void aRoundThatWasEndedByItsDeadlineIsProvenToo() {
        table.seat(player, 10_000);
        var round = Table.round(table.mines(player, "c-1", 100));
        table.move(player, "c-2", round, Move.reveal(Table.safeTiles(round, 0).getFirst()));
        now = now.plus(Table.DEADLINE);
        table.expire(player, "c-3", round);
        table.commitSeed(player, "c-4");
        table.useSeed(player, "c-5");

        var verified = Table.json(table.verify(player, round));

        assertThat(verified.get("genuine").booleanValue()).isTrue();
        assertThat(verified.get("proof").get("payout").longValue()).isEqualTo(112);
    }

    @Test
    void aSeedNeverChangesButForward() {
        table.seat(player, 10_000);

        assertThatThrownBy(() -> database.superuser()
                        .execute("update seed set server_seed = repeat('0', 64) where player = ?", player.value()))
                .hasMessageContaining("never changes but forward");
        assertThatThrownBy(() -> database.superuser()
                        .execute("update seed set client_seed = 'other' where player = ?", player.value()))
                .hasMessageContaining("never changes but forward");
    }
}
