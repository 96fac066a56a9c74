package dev.rookery.knative.local.manifest;

import java.time.Duration;

/// How many instances of a Knative Service there are, as its annotations `autoscaling.knative.dev/…` say it and in
/// the terms of Knative's pod autoscaler.
///
/// @param min            instances that are always there; 0 to let the service go to zero
/// @param max            instances that there may be; 0 for no limit
/// @param target         events at a time that an instance should have, utilization taken into account
/// @param window         over which load is averaged as long as nothing is urgent
/// @param panicWindow    over which it is averaged to see whether something is
/// @param panicThreshold how many times what the ready instances should have is urgent
/// @param retention      how long the last instance stays when there is nothing to do
/// @param delay          how long a load has to stay lower before instances are taken away
/// @param activation     instances that are started when there were none
/// @param rollout        over which traffic moves to a new revision
public record Scaling(
        int min,
        int max,
        double target,
        Duration window,
        Duration panicWindow,
        double panicThreshold,
        Duration retention,
        Duration delay,
        int activation,
        Duration rollout) {

    /// What Knative means when nothing is said.
    public static final Scaling DEFAULT = new Scaling(
            0, 0, 70, Duration.ofSeconds(60), Duration.ofSeconds(6), 2, Duration.ZERO, Duration.ZERO, 1, Duration.ZERO);

    public Scaling {
        if (max != 0 && min > max) {
            throw new IllegalArgumentException("min-scale: " + min + " (expected: at most max-scale, " + max + ")");
        }
    }
}
