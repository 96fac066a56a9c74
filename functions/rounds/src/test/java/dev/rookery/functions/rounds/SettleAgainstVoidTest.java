package dev.rookery.functions.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.Ending;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.functions.games.Move;
import dev.rookery.functions.ledger.AccountId;
import dev.rookery.functions.ledger.LedgerDatabase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The player leaves a round at the moment when another pod ends it: their clocks differ by a little.
class SettleAgainstVoidTest {

    @RegisterExtension
    static final LedgerDatabase database = LedgerDatabase.of("rounds");

    @Test
    void aRoundIsSettledOrExpiresAndNeverBoth() {
        var player = new PlayerId("p-" + UUID.randomUUID());
        var now = Instant.now();
        try (var players = new Table(database, () -> now);
                var timers = new Table(database, () -> now.plus(Table.DEADLINE))) {
            players.seat(player, 10_000);
            var round = Table.round(players.mines(player, "c-1", 1_000));
            players.move(
                    player, "c-2", round, Move.reveal(Table.safeTiles(round, 0).getFirst()));

            var outcomes = whileLocked(
                    player,
                    () -> List.of(
                            later(() -> players.move(player, "c-3", round, Move.cashOut())),
                            later(() -> timers.expire(player, "c-4", round))));

            assertThat(outcomes)
                    .extracting(Outcome.Recorded::ending)
                    .containsExactlyInAnyOrder(Ending.DONE, Ending.REFUSED);
            assertThat(database.balance(AccountId.of(player, "EUR"))).isEqualTo(10_125);
        }
    }

    private static List<Outcome.Recorded> whileLocked(
            PlayerId player, Supplier<List<CompletableFuture<Outcome.Recorded>>> meanwhile) {
        var sent = database.superuser().transactionResult(transaction -> {
            transaction.dsl().fetch("select * from player where id = ? for update", player.value());
            var all = meanwhile.get();
            await().until(() -> database.waitingForALock() == all.size());
            return all;
        });
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private static CompletableFuture<Outcome.Recorded> later(Supplier<Outcome.Recorded> command) {
        return CompletableFuture.supplyAsync(
                command, each -> Thread.ofPlatform().start(each));
    }
}
