package dev.rookery.functions.ledger;

import static java.util.stream.Collectors.groupingBy;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.functions.ledger.protection.LimitKind;
import dev.rookery.functions.ledger.protection.LimitRule;
import dev.rookery.functions.ledger.protection.Limits;
import dev.rookery.functions.ledger.protection.Period;
import dev.rookery.functions.ledger.protection.Player;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Players and their limits. Lives as long as one transaction.
final class PlayerRows {

    private static final String LOCK = """
            select id, excluded_until, limited, session_began, seen, reality_checked,
                   reality_check_seconds, session_limit_seconds
            from player where id = any (?) order by id for no key update""";

    private static final String OPEN =
            "insert into player (id) select id from unnest(?) as asked (id) order by id on conflict do nothing";

    private static final String LIMITS = """
            select player, currency, kind, period, amount, lowers, requested_at, effective_at
            from limit_rule where player = any (?) order by id""";

    private static final String SAVE = """
            update player
            set excluded_until = changed.excluded_until::timestamptz, limited = changed.limited,
                session_began = changed.session_began::timestamptz, seen = changed.seen::timestamptz,
                reality_checked = changed.reality_checked::timestamptz,
                reality_check_seconds = changed.reality_check_seconds,
                session_limit_seconds = changed.session_limit_seconds
            from unnest(?, ?, ?, ?, ?, ?, ?, ?) as changed (id, excluded_until, limited, session_began, seen,
                reality_checked, reality_check_seconds, session_limit_seconds)
            where player.id = changed.id""";

    private static final String ADD_LIMIT = """
            insert into limit_rule (player, currency, kind, period, amount, lowers, requested_at, effective_at)
            values (?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz)""";

    private final DSLContext transaction;

    PlayerRows(DSLContext transaction) {
        this.transaction = transaction;
    }

    /// Row-locked until the transaction ends, in the order of ids; new when this is their first command. The lock's
    /// own row is read with it: what is waited for is read as it is after the wait, which is not so for other rows.
    Map<PlayerId, Player> lock(SortedSet<PlayerId> players) {
        var ids = players.stream().map(PlayerId::value).toArray(String[]::new);
        var locked = transaction.fetch(LOCK, (Object) ids);
        if (locked.size() < ids.length) {
            transaction.execute(OPEN, (Object) ids);
            locked = transaction.fetch(LOCK, (Object) ids);
        }
        var limited = locked.stream()
                .filter(row -> row.get("limited", Boolean.class))
                .map(row -> row.get("id", String.class))
                .toArray(String[]::new);
        var limits = limits(limited);
        var found = new LinkedHashMap<PlayerId, Player>();
        for (var row : locked) {
            var player = player(row, limits);
            found.put(player.id(), player);
        }
        return found;
    }

    void save(Book.Changes changes) {
        if (!changes.players.isEmpty()) {
            save(List.copyOf(changes.players.values()));
        }
        for (var added : changes.limits) {
            var rule = added.rule();
            currency(rule.currency());
            transaction.execute(
                    ADD_LIMIT,
                    added.player().value(),
                    rule.currency(),
                    rule.kind().wireName(),
                    rule.period().wireName(),
                    rule.amount(),
                    rule.lowers(),
                    rule.requested().toString(),
                    rule.effective().toString());
        }
    }

    private void currency(String code) {
        transaction.execute(
                "insert into currency (code, scale) values (?, ?) on conflict do nothing",
                code,
                Money.scale(code).orElseThrow());
    }

    private void save(List<Player> players) {
        transaction.execute(
                SAVE,
                players.stream().map(player -> player.id().value()).toArray(String[]::new),
                players.stream().map(player -> text(player.excludedUntil())).toArray(String[]::new),
                players.stream()
                        .map(player -> !player.limits().rules().isEmpty())
                        .toArray(Boolean[]::new),
                players.stream().map(player -> text(player.sessionBegan())).toArray(String[]::new),
                players.stream().map(player -> text(player.seen())).toArray(String[]::new),
                players.stream().map(player -> text(player.realityChecked())).toArray(String[]::new),
                players.stream().map(player -> seconds(player.realityCheck())).toArray(Integer[]::new),
                players.stream().map(player -> seconds(player.sessionLimit())).toArray(Integer[]::new));
    }

    private Map<PlayerId, Limits> limits(String[] players) {
        var limits = new LinkedHashMap<PlayerId, Limits>();
        if (players.length > 0) {
            transaction.fetch(LIMITS, (Object) players).stream()
                    .collect(groupingBy(row -> new PlayerId(row.get("player", String.class))))
                    .forEach((player, rows) -> {
                        var rules = new ArrayList<LimitRule>();
                        rows.forEach(row -> rules.add(rule(row)));
                        limits.put(player, new Limits(rules));
                    });
        }
        return limits;
    }

    private static LimitRule rule(Record row) {
        return new LimitRule(
                row.get("currency", String.class),
                LimitKind.of(row.get("kind", String.class)),
                Period.of(row.get("period", String.class)),
                row.get("amount", Long.class),
                row.get("lowers", Boolean.class),
                row.get("requested_at", Instant.class),
                row.get("effective_at", Instant.class));
    }

    private static Player player(Record row, Map<PlayerId, Limits> limits) {
        var id = new PlayerId(row.get("id", String.class));
        return new Player(
                id,
                row.get("excluded_until", Instant.class),
                limits.getOrDefault(id, Limits.none()),
                row.get("session_began", Instant.class),
                row.get("seen", Instant.class),
                row.get("reality_checked", Instant.class),
                duration(row.get("reality_check_seconds", Integer.class)),
                duration(row.get("session_limit_seconds", Integer.class)));
    }

    private static @Nullable Duration duration(@Nullable Integer seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private static @Nullable Integer seconds(@Nullable Duration duration) {
        return duration == null ? null : Math.toIntExact(duration.toSeconds());
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
