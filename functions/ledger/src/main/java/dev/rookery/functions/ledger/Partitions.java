package dev.rookery.functions.ledger;

import dev.rookery.eventing.delivery.Chore;
import java.time.InstantSource;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the transfers' partitions ahead of time: a transfer without one could not be booked.
record Partitions(DSLContext db, InstantSource clock) implements Chore {

    private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);
    private static final int MONTHS_AHEAD = 3;

    @Override
    public String name() {
        return "partitions";
    }

    @Override
    public void run() {
        int made = db.resultQuery(
                        "select make_partitions(?::timestamptz, ?)",
                        clock.instant().toString(),
                        MONTHS_AHEAD)
                .fetchSingle()
                .get(0, Integer.class);
        if (made > 0) {
            LOG.info("{} partitions made", made);
        }
    }
}
