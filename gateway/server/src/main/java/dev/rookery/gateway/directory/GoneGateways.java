package dev.rookery.gateway.directory;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Which of some gateways are gone: those that have not been among the living for a while. One look is not enough,
/// because a gateway that has just begun is heard of elsewhere before it is listed here.
///
/// Safe for use by many threads.
public final class GoneGateways {

    private final Supplier<Set<String>> alive;
    private final LongSupplier nanoClock;
    private final long graceNanos;
    private final Map<String, Long> missedSince = new ConcurrentHashMap<>();

    /// @param alive as of the last refresh, this one among them; without it nothing is known
    /// @param grace from the first look that misses a gateway
    public GoneGateways(Supplier<Set<String>> alive, LongSupplier nanoClock, Duration grace) {
        this.alive = alive;
        this.nanoClock = nanoClock;
        this.graceNanos = grace.toNanos();
    }

    /// @param self who asks; when it is not listed itself, the list says nothing
    public Set<String> among(Set<String> gateways, String self) {
        var living = alive.get();
        missedSince.keySet().removeAll(living);
        if (!living.contains(self)) {
            return Set.of();
        }
        long now = nanoClock.getAsLong();
        // Whoever was taken for gone is asked for no more; what is left of them is forgotten after a while.
        missedSince.values().removeIf(since -> now - since > 10 * graceNanos);
        var gone = new HashSet<String>();
        for (var gateway : gateways) {
            if (!living.contains(gateway) && !gateway.equals(self)) {
                long since = missedSince.computeIfAbsent(gateway, _ -> now);
                if (now - since >= graceNanos) {
                    gone.add(gateway);
                }
            }
        }
        return gone;
    }
}
