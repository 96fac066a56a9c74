package dev.rookery.eventing.delivery.inbox;

import static dev.rookery.eventing.delivery.tables.Tables.FAILURE;
import static dev.rookery.eventing.delivery.tables.Tables.INBOX;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import dev.rookery.eventing.contract.Request;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// Commands that threw. The count lives in the database because each try may be another instance's.
public final class Failures {

    private static final int MAX_REASON_LENGTH = 2_000;

    private final DSLContext db;

    public Failures(DSLContext db) {
        this.db = db;
    }

    /// Notes one more try that threw, and parks the command until it has an outcome.
    ///
    /// @param data        what was asked, as it came
    /// @param fingerprint see [Fingerprint]
    /// @param reason      what was thrown; cut after 2,000 characters
    /// @return tries so far, this one included
    public int add(Request request, byte[] data, String fingerprint, String reason) {
        return db.insertInto(FAILURE)
                .set(FAILURE.SOURCE, request.player().source())
                .set(FAILURE.ID, request.id())
                .set(FAILURE.TYPE, request.type().value())
                .set(FAILURE.KEY, request.key())
                .set(FAILURE.DATA, data)
                .set(FAILURE.FINGERPRINT, fingerprint)
                .set(FAILURE.PARKED, hasNoOutcome(request))
                .set(FAILURE.TRIES, 1)
                .set(FAILURE.REASON, reason.substring(0, Math.min(reason.length(), MAX_REASON_LENGTH)))
                .onConflict(FAILURE.SOURCE, FAILURE.ID)
                .doUpdate()
                .set(FAILURE.TRIES, FAILURE.TRIES.plus(1))
                .set(FAILURE.REASON, excluded(FAILURE.REASON))
                .set(FAILURE.DATA, excluded(FAILURE.DATA))
                .set(FAILURE.FINGERPRINT, excluded(FAILURE.FINGERPRINT))
                .set(FAILURE.PARKED, hasNoOutcome(request))
                .set(FAILURE.FAILED_AT, currentInstant())
                .returningResult(FAILURE.TRIES)
                .fetchSingle()
                .value1();
    }

    /// Another delivery of the same command may have ended it while this one threw.
    private static Condition hasNoOutcome(Request request) {
        return notExists(selectOne()
                .from(INBOX)
                .where(INBOX.SOURCE.eq(request.player().source()))
                .and(INBOX.ID.eq(request.id())));
    }
}
