package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.delivery.Chore;
import dev.rookery.eventing.delivery.emission.OwnCommands;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import org.jooq.DSLContext;

/// Finds open rounds whose deadline has passed and has each of them ended by a `rounds.expire` of its own. A round that
/// is found by several pods in one minute is ended by one command; what is left of many is found by the next run.
record Deadlines(DSLContext db, OwnCommands commands, InstantSource clock) implements Chore {

    private static final int MAX_AT_ONCE = 1_000;
    private static final EventType EXPIRE = new EventType("rounds.expire");

    @Override
    public String name() {
        return "deadlines";
    }

    @Override
    public void run() {
        var now = clock.instant();
        var due = new LinkedHashMap<Request, ExpireRule.Due>();
        for (var round : new RoundRows(db).due(now, MAX_AT_ONCE)) {
            due.put(
                    new Request(
                            round.player(),
                            id(round, now),
                            EXPIRE,
                            round.player().value(),
                            now,
                            null),
                    new ExpireRule.Due(round.round()));
        }
        commands.send(due);
    }

    /// Nothing that a client can guess: one that had used the id before would have its round for ever. Another one each
    /// minute: a pod whose clock is behind may refuse the first.
    static String id(RoundRows.Due due, Instant now) {
        var minute = now.truncatedTo(ChronoUnit.MINUTES);
        var secret = due.seed().hex() + ":" + due.round() + ":" + minute;
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return "expire-" + HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
