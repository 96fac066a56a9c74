package dev.rookery.knative.local.scale;

import dev.rookery.knative.local.manifest.Scaling;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// How many instances a load needs: the rules of Knative's pod autoscaler. The average over a long window decides,
/// unless the one over a short window says that it is urgent: then instances are added at once and none are taken
/// away until it has been calm for a long window.
///
/// It remembers what was before; one thread asks it, every [#TICK], and any may look whether it is [urgent][#isUrgent].
final class Autoscaler {

    static final Duration TICK = Duration.ofSeconds(2);
    private static final double MOST_TIMES_UP = 1_000;
    private static final double MOST_TIMES_DOWN = 2;

    private final Scaling scaling;
    private final Deque<Wanted> recent = new ArrayDeque<>();
    private boolean hasBegun;
    private long begunNanos;
    private volatile boolean isUrgent;
    private long urgentNanos;
    private int urgentInstances;
    private boolean isIdle;
    private long idleNanos;

    Autoscaler(Scaling scaling) {
        this.scaling = scaling;
    }

    /// What was seen.
    ///
    /// @param nanos  when, by a clock that never goes back
    /// @param stable events at a time, averaged over the long window
    /// @param urgent events at a time, averaged over the short one
    /// @param ready  instances that take events
    record Seen(long nanos, double stable, double urgent, int ready) {}

    /// Whether instances are added at once, and none taken away.
    boolean isUrgent() {
        return isUrgent;
    }

    /// How many there should be.
    int instances(Seen seen) {
        if (!hasBegun) {
            hasBegun = true;
            begunNanos = seen.nanos();
        }
        int ready = Math.max(1, seen.ready());
        int most = (int) Math.ceil(MOST_TIMES_UP * ready);
        int least = (int) (seen.ready() / MOST_TIMES_DOWN);
        int needed = needed(seen.stable());
        int urgent = needed(seen.urgent());
        int wanted = activated(needed, Math.clamp(needed, least, most));
        noteUrgency(seen.nanos(), urgent >= scaling.panicThreshold() * ready);
        if (isUrgent) {
            int atOnce = activated(urgent, Math.clamp(urgent, least, most));
            urgentInstances = Math.max(urgentInstances, Math.max(wanted, atOnce));
            wanted = urgentInstances;
        }
        return retained(seen.nanos(), bounded(delayed(seen.nanos(), wanted)));
    }

    private int needed(double events) {
        return (int) Math.ceil(events / scaling.target());
    }

    private int activated(int needed, int wanted) {
        return needed > 0 ? Math.max(wanted, scaling.activation()) : wanted;
    }

    private void noteUrgency(long nanos, boolean isNow) {
        if (isNow) {
            urgentInstances = isUrgent ? urgentInstances : 0;
            isUrgent = true;
            urgentNanos = nanos;
        } else if (isUrgent && nanos - urgentNanos > scaling.window().toNanos()) {
            isUrgent = false;
        }
    }

    /// The most that was wanted of late.
    private int delayed(long nanos, int wanted) {
        recent.addLast(new Wanted(nanos, wanted));
        while (recent.getFirst().nanos < nanos - scaling.delay().toNanos()) {
            recent.removeFirst();
        }
        return recent.stream().mapToInt(Wanted::instances).max().orElse(wanted);
    }

    private int bounded(int wanted) {
        int most = scaling.max() == 0 ? Integer.MAX_VALUE : scaling.max();
        return Math.clamp(wanted, Math.min(scaling.min(), most), most);
    }

    /// The last one stays a while, and for a whole window after the beginning, before which nothing is known.
    private int retained(long nanos, int wanted) {
        if (wanted > 0) {
            isIdle = false;
            return wanted;
        }
        if (!isIdle) {
            isIdle = true;
            idleNanos = nanos;
        }
        boolean stays = nanos - idleNanos < scaling.retention().toNanos()
                || nanos - begunNanos < scaling.window().toNanos();
        return stays ? 1 : 0;
    }

    private record Wanted(long nanos, int instances) {}
}
