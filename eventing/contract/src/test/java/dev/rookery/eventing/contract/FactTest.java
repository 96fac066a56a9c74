package dev.rookery.eventing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactTest {

    private static final EventType TYPE = new EventType("wallet.limit-set");

    @Test
    void theSameCommandGivesItsFactTheSameId() {
        assertThat(fact("p-1", "c-1")).isEqualTo(fact("p-1", "c-1"));
    }

    @Test
    void commandsOfTwoPlayersWithOneIdHaveFactsOfTheirOwn() {
        assertThat(fact("p-1", "c-1").id()).isNotEqualTo(fact("p-2", "c-1").id());
    }

    @Test
    void aCommandMayHaveTheLongestIdThereIs() {
        assertThat(fact("p-1", "c".repeat(64)).id()).matches("limit-[0-9a-f]{32}");
    }

    @Test
    void itIsInOrderWithTheOthersOfItsPlayer() {
        assertThat(fact("p-1", "c-1").key()).isEqualTo("p-1");
    }

    private static Fact fact(String player, String command) {
        var cause =
                new Request(new PlayerId(player), command, new EventType("wallet.set-limit"), "k", Instant.EPOCH, null);
        return Fact.of(cause, "limit", TYPE, Map.of());
    }
}
