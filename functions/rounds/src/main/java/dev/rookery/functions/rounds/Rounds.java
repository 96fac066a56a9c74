package dev.rookery.functions.rounds;

import dev.rookery.eventing.delivery.batch.Workspace;
import dev.rookery.eventing.delivery.inbox.InboxRow;
import dev.rookery.functions.ledger.Ledger;
import dev.rookery.functions.ledger.Need;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/// Brings rounds, seeds and money out of the database and back, under the locks of their players.
///
/// Safe for use by many threads.
final class Rounds implements Workspace<RoundNeed, Sitting> {

    private static final int TRANSFERS_OF_A_COMMAND = 2;

    private final Ledger ledger;

    Rounds(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Locked<Sitting> lock(DSLContext transaction, List<RoundNeed> needs) {
        var players = ledger.lockPlayers(
                transaction, needs.stream().map(RoundNeed::player).toList());
        return () -> {
            var open = new RoundRows(transaction).open(players.keySet());
            var seeds = new SeedRows(transaction).current(players.keySet());
            var money = needs.stream().map(need -> money(need, open)).toList();
            return new Sitting(ledger.read(transaction, money, players), open, seeds);
        };
    }

    @Override
    public void save(DSLContext transaction, Sitting sitting, UUID batch, List<InboxRow> outcomes) {
        new SeedRows(transaction).save(sitting.changedSeeds(), sitting.book().now());
        new RoundRows(transaction).save(sitting);
        ledger.save(transaction, sitting.book(), batch, outcomes);
    }

    private static Need money(RoundNeed need, List<Round> open) {
        var mine = open.stream()
                .filter(round -> round.player().equals(need.player()))
                .toList();
        var currencies = new HashSet<>(need.currencies());
        mine.forEach(round -> currencies.add(round.currency()));
        return new Need(
                need.player(),
                currencies,
                currencies.stream().map(Dealer::house).collect(Collectors.toSet()),
                mine.stream()
                        .flatMap(round -> Stream.of(round.stakeHold(), round.payoutHold()))
                        .collect(Collectors.toSet()),
                TRANSFERS_OF_A_COMMAND,
                false);
    }
}
