package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.functions.games.fair.ServerSeed;
import dev.rookery.functions.rounds.Round.By;
import dev.rookery.functions.rounds.Round.End;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Rounds and their moves. Lives as long as one transaction.
final class RoundRows {

    private static final String COLUMNS = """
            select id, player, currency, game, terms, stake, max_payout, seed, nonce, state, payout, opened_at, deadline,
                   ended_at, ended_by,
                   (select coalesce('[' || string_agg(move.move, ',' order by move.number) || ']', '[]')
                    from move where move.round = round.id) as moves
            from round""";

    private static final String OPEN = COLUMNS + " where player = any (?) and state = 'open'";
    private static final String FIND = COLUMNS + " where player = ? and id = ?";
    private static final String LATEST = COLUMNS
            + " where player = ? and (opened_at, id) < (?::timestamptz, ?) order by opened_at desc, id desc limit ?";
    private static final String DUE = """
            select round.id, round.player, seed.server_seed
            from round join seed on seed.player = round.player and seed.number = round.seed
            where round.state = 'open' and round.deadline <= ?::timestamptz order by round.deadline limit ?""";

    private static final String SAVE = """
            insert into round (id, player, currency, game, terms, stake, max_payout, seed, nonce, state, payout, opened_at,
                               deadline, ended_at, ended_by)
            select id, player, currency, game, terms, stake, max_payout, seed, nonce, state, payout, opened_at::timestamptz,
                   deadline::timestamptz, ended_at::timestamptz, ended_by
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as changed (id, player, currency, game, terms, stake,
                max_payout, seed, nonce, state, payout, opened_at, deadline, ended_at, ended_by)
            on conflict (id) do update set state = excluded.state, payout = excluded.payout,
                ended_at = excluded.ended_at, ended_by = excluded.ended_by""";

    private static final String ADD_MOVES = """
            insert into move (round, number, move, at)
            select round, number, move, ?::timestamptz from unnest(?, ?, ?) as made (round, number, move)""";

    private final DSLContext transaction;

    RoundRows(DSLContext transaction) {
        this.transaction = transaction;
    }

    List<Round> open(Collection<PlayerId> players) {
        return transaction
                .resultQuery(
                        OPEN, (Object) players.stream().map(PlayerId::value).toArray(String[]::new))
                .fetch(RoundRows::round);
    }

    @Nullable
    Round find(PlayerId player, String id) {
        return transaction.resultQuery(FIND, player.value(), id).fetchOne(RoundRows::round);
    }

    /// The newest first.
    ///
    /// @param before only rounds that were opened before this one, or at the same moment with a smaller id
    List<Round> latest(PlayerId player, Instant before, String beforeId, int limit) {
        return transaction
                .resultQuery(LATEST, player.value(), before.toString(), beforeId, limit)
                .fetch(RoundRows::round);
    }

    /// Open rounds whose deadline has passed, the oldest first.
    List<Due> due(Instant now, int limit) {
        return transaction
                .resultQuery(DUE, now.toString(), limit)
                .fetch(row -> new Due(
                        text(row, "id"),
                        new PlayerId(text(row, "player")),
                        ServerSeed.parse(text(row, "server_seed"))));
    }

    record Due(String round, PlayerId player, ServerSeed seed) {}

    void save(Sitting sitting) {
        var rounds = sitting.changedRounds();
        if (rounds.isEmpty()) {
            return;
        }
        transaction.execute(
                SAVE,
                texts(rounds, Round::id),
                texts(rounds, round -> round.player().value()),
                texts(rounds, Round::currency),
                texts(rounds, round -> round.game().name()),
                texts(rounds, round -> Terms.write(round.game())),
                numbers(rounds, Round::stake),
                numbers(rounds, Round::maxPayout),
                numbers(rounds, Round::seed),
                numbers(rounds, Round::nonce),
                texts(rounds, RoundRows::state),
                rounds.stream().map(round -> ofEnd(round, End::payout)).toArray(Long[]::new),
                texts(rounds, round -> round.opened().toString()),
                texts(rounds, round -> round.deadline().toString()),
                texts(rounds, round -> ofEnd(round, end -> end.at().toString())),
                texts(rounds, round -> ofEnd(round, end -> name(end.by()))));
        addMoves(sitting, rounds);
    }

    static String state(Round round) {
        var end = round.end();
        if (end == null) {
            return "open";
        }
        return end.payout() == null ? "void" : "settled";
    }

    static String name(By by) {
        return by.name().toLowerCase(Locale.ROOT);
    }

    private void addMoves(Sitting sitting, List<Round> rounds) {
        var made = new ArrayList<Made>();
        for (var round : rounds) {
            for (int number = sitting.movesBefore(round); number < round.moves().size(); number++) {
                made.add(new Made(round.id(), number, Terms.write(round.moves().get(number))));
            }
        }
        if (!made.isEmpty()) {
            transaction.execute(
                    ADD_MOVES,
                    sitting.book().now().toString(),
                    texts(made, Made::round),
                    made.stream().map(Made::number).toArray(Integer[]::new),
                    texts(made, Made::move));
        }
    }

    private record Made(String round, int number, String move) {}

    private static Round round(Record row) {
        var state = text(row, "state");
        return new Round(
                text(row, "id"),
                new PlayerId(text(row, "player")),
                text(row, "currency"),
                Terms.read(text(row, "game"), text(row, "terms")),
                row.get("stake", Long.class),
                row.get("max_payout", Long.class),
                row.get("seed", Long.class),
                row.get("nonce", Long.class),
                Terms.moves(text(row, "moves")),
                row.get("opened_at", Instant.class),
                row.get("deadline", Instant.class),
                state.equals("open") ? null : end(row));
    }

    private static End end(Record row) {
        return new End(
                row.get("payout", Long.class),
                row.get("ended_at", Instant.class),
                By.valueOf(text(row, "ended_by").toUpperCase(Locale.ROOT)));
    }

    private static <T> @Nullable T ofEnd(Round round, Function<End, @Nullable T> field) {
        var end = round.end();
        return end == null ? null : field.apply(end);
    }

    private static String text(Record row, String column) {
        return row.get(column, String.class);
    }

    private static <T> String[] texts(List<T> rows, Function<T, @Nullable String> field) {
        return rows.stream().map(field).toArray(String[]::new);
    }

    private static Long[] numbers(List<Round> rounds, ToLongFunction<Round> field) {
        return rounds.stream().map(field::applyAsLong).toArray(Long[]::new);
    }
}
