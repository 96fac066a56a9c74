package dev.rookery.eventing.delivery;

import dev.rookery.eventing.delivery.emission.Emission;
import dev.rookery.eventing.delivery.emission.EmissionFailedException;
import dev.rookery.eventing.delivery.inbox.Unemitted;
import dev.rookery.eventing.delivery.inbox.Unemitted.Untold;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells what was committed and is not known to be told: its delivery was given up, or it went with its process.
///
/// Told is told: streams and functions drop by its id what they have, so nothing is lost when what was told before
/// is told once more. The rows are locked meanwhile, so that two sweeps share the work. What cannot be told goes to the
/// end of the queue and keeps no other waiting for longer than its bound.
final class Sweep implements Chore {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int AT_ONCE = 50;
    static final Duration BOUND = Duration.ofSeconds(10);

    private final DSLContext db;
    private final Unemitted unemitted;
    private final Emission emission;
    private final Duration age;
    private final Duration bound;
    private final Counter told;

    /// @param age   how long it may take to tell an outcome in the ordinary way, redeliveries not included
    /// @param bound of one run: what is not told by then is left for the next
    Sweep(DSLContext db, Unemitted unemitted, Emission emission, Duration age, Duration bound, MeterRegistry meters) {
        this.db = db;
        this.unemitted = unemitted;
        this.emission = emission;
        this.age = age;
        this.bound = bound;
        this.told = meters.counter("rookery.sweep.told");
    }

    @Override
    public String name() {
        return "sweep";
    }

    @Override
    public void run() {
        long deadline = System.nanoTime() + bound.toNanos();
        int found;
        int failed = 0;
        do {
            var batch = db.transactionResult(transaction -> tell(transaction.dsl(), deadline));
            found = batch.found();
            failed += batch.failed();
        } while (found == AT_ONCE && System.nanoTime() < deadline);
        if (failed > 0) {
            throw new IllegalStateException(failed + " outcomes could not be told (expected: none)");
        }
    }

    private Batch tell(DSLContext transaction, long deadline) {
        var done = new ArrayList<Untold>();
        var failed = new ArrayList<Untold>();
        var found = unemitted.take(transaction, age, AT_ONCE);
        for (var each : found) {
            if (System.nanoTime() >= deadline) {
                break;
            }
            (isTold(each) ? done : failed).add(each);
        }
        unemitted.remove(transaction, done);
        unemitted.postpone(transaction, failed);
        told.increment(done.size());
        return new Batch(found.size(), failed.size());
    }

    private boolean isTold(Untold untold) {
        var id = untold.request().id();
        try {
            emission.emit(untold.request(), untold.outcome());
            LOG.atInfo()
                    .addKeyValue("event_id", id)
                    .log("{} is told late", untold.request().type());
            return true;
        } catch (EmissionFailedException e) {
            LOG.atWarn()
                    .addKeyValue("event_id", id)
                    .setCause(e)
                    .log("{} is still not told", untold.request().type());
            return false;
        }
    }

    private record Batch(int found, int failed) {}
}
