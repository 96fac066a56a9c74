package dev.rookery.functions.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Request;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoundIdsTest {

    /// So a transaction that was rolled back and is done again draws what it drew before.
    @Test
    void aCommandHasOneRoundHoweverOftenItIsDecided() {
        assertThat(round("p-7", "c-1")).isEqualTo(round("p-7", "c-1"));
    }

    @Test
    void otherCommandsAndOtherPlayersHaveOtherRounds() {
        assertThat(round("p-7", "c-1")).isNotIn(round("p-7", "c-2"), round("p-8", "c-1"));
    }

    /// As `printf '/players/p-7\nc-1' | sha256sum` begins, but for the digits that say what kind of UUID it is.
    @Test
    void anybodyCanComputeIt() {
        assertThat(round("p-7", "c-1")).hasToString("a62910bc-0757-8077-a440-1dd052b3788f");
        assertThat(round("p-7", "c-1").version()).isEqualTo(8);
        assertThat(round("p-7", "c-1").variant()).isEqualTo(2);
    }

    private static UUID round(String player, String command) {
        var sender = new PlayerId(player);
        var request = new Request(sender, command, new EventType("rounds.bet"), player, Instant.EPOCH, null);
        return RoundIds.of(request);
    }
}
