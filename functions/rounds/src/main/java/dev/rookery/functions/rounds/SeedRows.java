package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.functions.games.fair.ClientSeed;
import dev.rookery.functions.games.fair.ServerSeed;
import dev.rookery.functions.rounds.Seed.State;
import dev.rookery.functions.rounds.Sitting.OwnedSeed;
import dev.rookery.functions.rounds.Sitting.Seeds;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Seeds. Lives as long as one transaction.
final class SeedRows {

    private static final String CURRENT = """
            select player, number, server_seed, client_seed, next_nonce, state
            from seed where player = any (?) and state in ('committed', 'used')""";

    private static final String FIND =
            "select player, number, server_seed, client_seed, next_nonce, state from seed where player = ? and number = ?";

    private static final String SAVE = """
            insert into seed (player, number, server_seed, commitment, client_seed, next_nonce, state, changed_at)
            select player, number, server_seed, commitment, client_seed, next_nonce, state, ?::timestamptz
            from unnest(?, ?, ?, ?, ?, ?, ?) as changed (player, number, server_seed, commitment, client_seed, next_nonce,
                state)
            on conflict (player, number) do update set client_seed = excluded.client_seed,
                next_nonce = excluded.next_nonce, state = excluded.state, changed_at = excluded.changed_at""";

    private final DSLContext transaction;

    SeedRows(DSLContext transaction) {
        this.transaction = transaction;
    }

    /// Of the players who have any.
    Map<PlayerId, Seeds> current(Collection<PlayerId> players) {
        var found = new HashMap<PlayerId, Seeds>();
        for (var row : transaction.fetch(
                CURRENT, (Object) players.stream().map(PlayerId::value).toArray(String[]::new))) {
            var seed = seed(row);
            found.merge(
                    new PlayerId(row.get("player", String.class)),
                    seed.state() == State.USED
                            ? new Seeds(Optional.of(seed), Optional.empty())
                            : new Seeds(Optional.empty(), Optional.of(seed)),
                    (one, other) -> new Seeds(
                            one.used().or(other::used), one.committed().or(other::committed)));
        }
        return found;
    }

    Optional<Seed> find(PlayerId player, long number) {
        return transaction.resultQuery(FIND, player.value(), number).fetchOptional(SeedRows::seed);
    }

    /// A seed is given up in a statement of its own before the next one is used: of each player one may be in use. And
    /// what was committed to is used before another is committed to, for the same reason: rows are written in their
    /// order.
    void save(List<OwnedSeed> changed, Instant now) {
        write(
                changed.stream()
                        .filter(each -> each.seed().state() == State.SHOWN)
                        .toList(),
                now);
        write(
                changed.stream()
                        .filter(each -> each.seed().state() != State.SHOWN)
                        .sorted(Comparator.comparing(
                                        (OwnedSeed each) -> each.seed().state())
                                .reversed())
                        .toList(),
                now);
    }

    private void write(List<OwnedSeed> seeds, Instant now) {
        if (!seeds.isEmpty()) {
            transaction.execute(
                    SAVE,
                    now.toString(),
                    seeds.stream().map(each -> each.player().value()).toArray(String[]::new),
                    seeds.stream().map(each -> each.seed().number()).toArray(Long[]::new),
                    seeds.stream().map(each -> each.seed().server().hex()).toArray(String[]::new),
                    seeds.stream()
                            .map(each -> each.seed().server().commitment())
                            .toArray(String[]::new),
                    seeds.stream().map(each -> text(each.seed().client())).toArray(String[]::new),
                    seeds.stream().map(each -> each.seed().nextNonce()).toArray(Long[]::new),
                    seeds.stream()
                            .map(each -> each.seed().state().name().toLowerCase(Locale.ROOT))
                            .toArray(String[]::new));
        }
    }

    private static Seed seed(Record row) {
        var client = row.get("client_seed", String.class);
        return new Seed(
                row.get("number", Long.class),
                ServerSeed.parse(row.get("server_seed", String.class)),
                client == null ? null : new ClientSeed(client),
                row.get("next_nonce", Long.class),
                State.valueOf(row.get("state", String.class).toUpperCase(Locale.ROOT)));
    }

    private static @Nullable String text(@Nullable ClientSeed seed) {
        return seed == null ? null : seed.value();
    }
}
