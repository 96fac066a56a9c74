package dev.rookery.gateway.admission;

import dev.rookery.gateway.limits.TokenBucket;
import java.util.LinkedHashMap;
import java.util.Map;

/// A bucket for each address that has tried of late. When there are too many, who has not tried for longest is
/// forgotten: an attacker with so many addresses has a fresh one each time anyway, and nobody else is shut out.
///
/// May be used from any thread.
final class Attempts {

    private static final float LOAD = 0.75f;

    private final double perSecond;
    private final int burst;
    private final Map<Network, TokenBucket> buckets;

    Attempts(double perSecond, int burst, int maxAddresses) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.buckets = new LinkedHashMap<>(16, LOAD, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Network, TokenBucket> eldest) {
                return size() > maxAddresses;
            }
        };
    }

    /// Whether one more may be made now; it counts when it may.
    synchronized boolean take(Network address, long nowNanos) {
        return buckets.computeIfAbsent(address, _ -> new TokenBucket(perSecond, burst, nowNanos))
                .take(nowNanos);
    }

    synchronized int addresses() {
        return buckets.size();
    }
}
