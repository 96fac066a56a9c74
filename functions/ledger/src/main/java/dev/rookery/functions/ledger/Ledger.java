package dev.rookery.functions.ledger;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.delivery.batch.Workspace;
import dev.rookery.eventing.delivery.inbox.InboxRow;
import dev.rookery.functions.ledger.chain.Covered;
import dev.rookery.functions.ledger.chain.Entry;
import dev.rookery.functions.ledger.chain.Link;
import dev.rookery.functions.ledger.protection.Player;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/// Brings players' money out of the database and back: a fixed number of statements, however many commands there
/// are.
///
/// The order is what makes it safe and fast: the players are locked first; then everything else is read; what is the
/// players' own is written; the rows that everybody writes, shared pots and the chain's head, are locked last, in one
/// order, and held for one more statement and the commit.
///
/// Safe for use by many threads.
public final class Ledger implements Workspace<Need, Book> {

    private static final Comparator<InboxRow> BY_NAME = Comparator.comparing(
                    (InboxRow row) -> row.name().source())
            .thenComparing(row -> row.name().id());

    /// A clock that was further ahead than this was wrong: it would keep its players in the future for as long.
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final LedgerSettings settings;

    public Ledger(InstantSource clock, LedgerSettings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public Locked<Book> lock(DSLContext transaction, List<Need> needs) {
        var players = lockPlayers(transaction, needs.stream().map(Need::player).toList());
        return () -> read(transaction, needs, players);
    }

    /// For workspaces that have to look at something of the players' before they know what they need.
    ///
    /// @return who is locked until the transaction ends
    public Map<PlayerId, Player> lockPlayers(DSLContext transaction, Collection<PlayerId> players) {
        var ordered = new TreeSet<>(Comparator.comparing(PlayerId::value));
        ordered.addAll(players);
        return new PlayerRows(transaction).lock(ordered);
    }

    @Override
    public void save(DSLContext transaction, Book book, UUID batch, List<InboxRow> outcomes) {
        var changes = book.changes();
        new PlayerRows(transaction).save(changes);
        var accounts = new AccountRows(transaction, settings);
        accounts.open(book.opened());
        accounts.save(book.changed());
        new HoldRows(transaction).save(changes.holds.values());
        new ActivityRows(transaction).add(changes.activity, book.now());
        link(transaction, book, batch, outcomes);
    }

    /// @param players locked, of all needs
    public Book read(DSLContext transaction, List<Need> needs, Map<PlayerId, Player> players) {
        var now = moment(players.values());
        var owned = needs.stream()
                .flatMap(need -> need.currencies().stream().map(currency -> AccountId.of(need.player(), currency)))
                .collect(Collectors.toCollection(TreeSet::new));
        var toBeLimited =
                needs.stream().filter(Need::setsLimits).map(Need::player).collect(Collectors.toSet());
        var limited = players.values().stream()
                .filter(player -> !player.limits().rules().isEmpty() || toBeLimited.contains(player.id()))
                .flatMap(player -> owned.stream()
                        .filter(id -> id.owner().equals(Optional.of(player.id().value()))))
                .toList();
        var shared = needs.stream()
                .map(Need::shared)
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        var holds = needs.stream().map(Need::holds).flatMap(Collection::stream).collect(Collectors.toSet());
        int transfers = needs.stream().mapToInt(Need::transfers).sum();
        var accounts = new AccountRows(transaction, settings).read(owned, shared, transfers);
        return new Book(
                now,
                new Book.Found(
                        players,
                        accounts.owned(),
                        accounts.there(),
                        new ActivityRows(transaction).read(limited, now),
                        accounts.available(),
                        new HoldRows(transaction).find(holds)),
                accounts.transferIds());
    }

    /// What came later also has the later time: the clock is asked under the lock, and one that is behind what
    /// a player has seen does not take that player back. Otherwise an exclusion, or a limit that was lowered,
    /// would not count yet for a function whose clock is behind.
    private Instant moment(Collection<Player> players) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return players.stream()
                .map(Player::seen)
                .filter(Objects::nonNull)
                .filter(seen -> seen.isAfter(now) && !seen.isAfter(now.plus(CLOCKS_DIFFER)))
                .max(Comparator.naturalOrder())
                .orElse(now);
    }

    /// Last, because everybody waits for these rows.
    private void link(DSLContext transaction, Book book, UUID batch, List<InboxRow> outcomes) {
        var changes = book.changes();
        if (changes.transfers.isEmpty() && outcomes.isEmpty()) {
            return;
        }
        var stripe = ThreadLocalRandom.current().nextInt(settings.stripes());
        var rows = new SharedRows(transaction);
        var shared = rows.lock(changes, stripe);
        var booked = Booked.of(changes.transfers, shared.accounts());
        var link = Link.after(
                shared.head(),
                book.now(),
                batch,
                booked.stream().map(Booked::entry).toList(),
                outcomes.stream().sorted(BY_NAME).map(Ledger::entry).toList());
        rows.save(booked, shared, link);
    }

    /// An outcome as the chain sees it: what the player asked and was told, to the byte.
    static Entry entry(InboxRow row) {
        var outcome = row.outcome();
        return Covered.OUTCOME.entry(
                row.name().source(),
                row.name().id(),
                row.fingerprint(),
                row.type().value(),
                outcome.ending().wireName(),
                outcome.eventId(),
                outcome.event());
    }
}
