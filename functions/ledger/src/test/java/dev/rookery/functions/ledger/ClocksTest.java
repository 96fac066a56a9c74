package dev.rookery.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.PlayerId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// One function's clock is ahead of another's: what the first has done to a player is not before it for the second.
class ClocksTest {

    @RegisterExtension
    static final LedgerDatabase database = LedgerDatabase.of("probe");

    private final Instant noon = Instant.now().truncatedTo(ChronoUnit.HOURS);

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());

    @Test
    void aPlayerIsNotTakenBackByAClockThatIsBehind() {
        at(noon.plus(Duration.ofMinutes(5)), "c-1");

        assertThat(at(noon, "c-2")).isEqualTo(noon.plus(Duration.ofMinutes(5)));
        assertThat(at(noon.plus(Duration.ofMinutes(6)), "c-3")).isEqualTo(noon.plus(Duration.ofMinutes(6)));
    }

    @Test
    void aClockThatWasFarAheadIsNotFollowed() {
        at(noon.plus(Duration.ofMinutes(6)), "c-1");

        assertThat(at(noon, "c-2")).isEqualTo(noon);
    }

    /// @return the ledger's time of the command
    private Instant at(Instant clock, String id) {
        try (var batches = database.batches(() -> clock, new LedgerSettings(0, 4))) {
            var told = new Script(batches).ok(player, id, (_, book) -> {
                book.change(book.player(player).seenAt(book.now()));
                return book.now();
            });
            return moment(told);
        }
    }

    private static Instant moment(Outcome.Recorded told) {
        var event = told.event();
        return Instant.parse(event.substring(event.indexOf("[\"") + 2, event.indexOf("\"]")));
    }
}
