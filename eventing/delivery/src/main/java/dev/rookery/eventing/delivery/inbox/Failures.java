package dev.rookery.eventing.delivery.inbox;

import static dev.rookery.eventing.delivery.tables.Tables.FAILURE;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.excluded;

import dev.rookery.eventing.contract.Request;
import org.jooq.DSLContext;

/// Commands that threw. The count lives in the database because each try may be another instance's.
public final class Failures {

    private static final int MAX_REASON_LENGTH = 2_000;

    private final DSLContext db;

    public Failures(DSLContext db) {
        this.db = db;
    }

    /// Notes one more try that threw.
    ///
    /// @param data   what was asked, as it came
    /// @param reason what was thrown; cut after 2,000 characters
    /// @return tries so far, this one included
    public int add(Request request, byte[] data, String reason) {
        return db.insertInto(FAILURE)
                .set(FAILURE.SOURCE, request.player().source())
                .set(FAILURE.ID, request.id())
                .set(FAILURE.TYPE, request.type().value())
                .set(FAILURE.KEY, request.key())
                .set(FAILURE.DATA, data)
                .set(FAILURE.TRIES, 1)
                .set(FAILURE.REASON, reason.substring(0, Math.min(reason.length(), MAX_REASON_LENGTH)))
                .onConflict(FAILURE.SOURCE, FAILURE.ID)
                .doUpdate()
                .set(FAILURE.TRIES, FAILURE.TRIES.plus(1))
                .set(FAILURE.REASON, excluded(FAILURE.REASON))
                .set(FAILURE.DATA, excluded(FAILURE.DATA))
                .set(FAILURE.FAILED_AT, currentInstant())
                .returningResult(FAILURE.TRIES)
                .fetchSingle()
                .value1();
    }
}
