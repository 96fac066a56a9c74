package dev.rookery.eventing.delivery.inbox;

import static dev.rookery.eventing.delivery.tables.Tables.FAILURE;
import static org.jooq.impl.DSL.currentInstant;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.delivery.tables.tables.records.FailureRecord;
import java.time.Duration;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.types.DayToSecond;

/// A command that threw and has no outcome: later commands of its key wait for it.
public final class Parked {

    private final FailureRecord row;

    private Parked(FailureRecord row) {
        this.row = row;
    }

    /// Takes one whose last try is older than an age, the oldest, and locks it until the transaction ends. What
    /// somebody else has locked is left to them.
    public static Optional<Parked> take(DSLContext transaction, Duration age) {
        return transaction
                .selectFrom(FAILURE)
                .where(FAILURE.PARKED)
                .and(FAILURE.FAILED_AT.lt(currentInstant().sub(DayToSecond.valueOf(age))))
                .orderBy(FAILURE.FAILED_AT)
                .limit(1)
                .forUpdate()
                .skipLocked()
                .fetchOptional()
                .map(Parked::new);
    }

    /// Of no connection: which one it came from is not kept.
    public Request request() {
        return new Request(
                PlayerId.fromSource(row.getSource()),
                row.getId(),
                new EventType(row.getType()),
                row.getKey(),
                row.getFailedAt(),
                null);
    }

    /// What was asked, as it came.
    public byte[] data() {
        return row.getData();
    }

    /// See [Fingerprint].
    public String fingerprint() {
        return row.getFingerprint();
    }

    /// So far.
    public int tries() {
        return row.getTries();
    }

    /// What the last one threw.
    public String reason() {
        return row.getReason();
    }
}
