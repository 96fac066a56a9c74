package dev.rookery.knative.load.bench.gateway;

import java.util.Locale;
import java.util.Set;

/// What can be measured by itself.
enum Part {
    IDLE,
    ECHO,
    FAN_OUT,
    STORM,
    FROM_REDIS,
    STALLED,
    ABUSER;

    /// What the peers do too.
    static final Set<Part> COMPARED = Set.of(IDLE, ECHO, FAN_OUT, STORM);

    /// As it is written on a command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
