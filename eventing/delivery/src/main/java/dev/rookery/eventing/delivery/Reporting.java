package dev.rookery.eventing.delivery;

import dev.rookery.eventing.delivery.emission.SignificantTopic;
import dev.rookery.eventing.delivery.significant.SignificantEvents;
import java.time.Duration;
import org.jooq.DSLContext;

/// Tells significant events that are no command's outcome. They are in no hurry: within a minute or two of
/// their commit, ten when the function has gone to zero, which keeps Kafka out of the way of whoever found them.
///
/// The rows are locked meanwhile, so that two runs share the work. What Kafka has and is not noted is told once more;
/// readers drop it by its id.
final class Reporting implements Chore {

    private static final int AT_ONCE = 100;
    private static final Duration BOUND = Duration.ofSeconds(10);

    private final DSLContext db;
    private final SignificantTopic topic;

    Reporting(DSLContext db, SignificantTopic topic) {
        this.db = db;
        this.topic = topic;
    }

    @Override
    public String name() {
        return "reporting";
    }

    @Override
    public void run() {
        long deadline = System.nanoTime() + BOUND.toNanos();
        int found;
        do {
            found = db.transactionResult(transaction -> tell(new SignificantEvents(transaction.dsl())));
        } while (found == AT_ONCE && System.nanoTime() < deadline);
    }

    private int tell(SignificantEvents events) {
        var found = events.take(AT_ONCE);
        topic.send(found);
        events.told(found);
        return found.size();
    }
}
