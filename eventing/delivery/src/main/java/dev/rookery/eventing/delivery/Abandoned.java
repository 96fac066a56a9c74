package dev.rookery.eventing.delivery;

import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.delivery.emission.DeadLetters;
import dev.rookery.eventing.delivery.emission.Emission;
import dev.rookery.eventing.delivery.emission.EmissionFailedException;
import dev.rookery.eventing.delivery.inbox.Confirmations;
import dev.rookery.eventing.delivery.inbox.Inbox;
import dev.rookery.eventing.delivery.inbox.Parked;
import java.time.Duration;
import java.util.Optional;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends parked commands that nobody delivers any more, so that their keys go on: their failure is their outcome.
///
/// One transaction each. The dead letter is written within it: nobody else will write it, and one that is written
/// twice is told by its id.
final class Abandoned implements Chore {

    private static final Logger LOG = LoggerFactory.getLogger(Abandoned.class);
    private static final int MAX_AT_ONCE = 500;
    static final Duration BOUND = Duration.ofSeconds(10);

    private final DSLContext db;
    private final Inbox inbox;
    private final Emission emission;
    private final Confirmations confirmations;
    private final DeadLetters deadLetters;
    private final Duration age;
    private final Duration bound;

    /// @param age   longer than a dispatcher goes on trying
    /// @param bound of one run: what is not ended by then is left for the next
    Abandoned(
            DSLContext db,
            Inbox inbox,
            Emission emission,
            Confirmations confirmations,
            DeadLetters deadLetters,
            Duration age,
            Duration bound) {
        this.db = db;
        this.inbox = inbox;
        this.emission = emission;
        this.confirmations = confirmations;
        this.deadLetters = deadLetters;
        this.age = age;
        this.bound = bound;
    }

    @Override
    public String name() {
        return "abandoned";
    }

    @Override
    public void run() {
        long deadline = System.nanoTime() + bound.toNanos();
        for (int n = 0; n < MAX_AT_ONCE && System.nanoTime() < deadline; n++) {
            var ended = db.transactionResult(transaction -> end(transaction.dsl()));
            if (ended.isEmpty()) {
                return;
            }
            tell(ended.get());
        }
    }

    private Optional<Ended> end(DSLContext transaction) {
        return Parked.take(transaction, age).map(parked -> {
            var request = parked.request();
            LOG.atError()
                    .addKeyValue("event_id", request.id())
                    .log("{} is given up after {} tries: {}", request.type(), parked.tries(), parked.reason());
            var outcome = inbox.recordFailure(
                    transaction, request, parked.fingerprint(), CommandLane.DEFECT_CODE, CommandLane.DEFECT_MESSAGE);
            if (outcome instanceof Outcome.Recorded recorded && !recorded.earlier()) {
                deadLetters.write(
                        request,
                        parked.data(),
                        "not delivered again after " + parked.tries() + " tries: " + parked.reason());
            }
            return new Ended(request, outcome);
        });
    }

    /// What cannot be told now the sweep tells, and the next key goes on all the same.
    private void tell(Ended ended) {
        if (ended.outcome() instanceof Outcome.Recorded recorded) {
            try {
                emission.emit(ended.request(), recorded);
                confirmations.add(ended.request());
            } catch (EmissionFailedException e) {
                LOG.atWarn()
                        .addKeyValue("event_id", ended.request().id())
                        .setCause(e)
                        .log("{} is not told yet", ended.request().type());
            }
        }
    }

    private record Ended(Request request, Outcome outcome) {}
}
