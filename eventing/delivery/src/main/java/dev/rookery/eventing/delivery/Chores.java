package dev.rookery.eventing.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the chores of a function, one after the other, when its timer says so. One that fails keeps no other from
/// being run; the timer is told, and comes again.
final class Chores {

    /// The events of Knative's timer, PingSource.
    static final String PING = "dev.knative.sources.ping";

    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

    private final List<Chore> chores;
    private final MeterRegistry meters;

    Chores(List<Chore> chores, MeterRegistry meters) {
        this.chores = List.copyOf(chores);
        this.meters = meters;
    }

    Verdict run() {
        var failed = new ArrayList<String>();
        for (var chore : chores) {
            long begun = System.nanoTime();
            try {
                chore.run();
                tell(chore, "done", begun);
            } catch (RuntimeException thrown) {
                LOG.atError().setCause(thrown).log("chore {} failed", chore.name());
                tell(chore, "failed", begun);
                failed.add(chore.name() + ": " + thrown);
            }
        }
        return failed.isEmpty() ? new Verdict.Delivered() : new Verdict.Later(String.join("; ", failed));
    }

    private void tell(Chore chore, String outcome, long begunNanos) {
        meters.timer("rookery.chore", "chore", chore.name(), "outcome", outcome)
                .record(Duration.ofNanos(System.nanoTime() - begunNanos));
    }
}
