package dev.rookery.gateway.limits;

/// So much a second on average, and a burst at once: a bucket that fills at a rate and overflows at its burst.
/// Time is told by the caller, in nanoseconds of any one clock that does not go back ([System#nanoTime]); taking
/// allocates nothing.
///
/// Confined to one thread.
public final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double perNano;
    private final double burst;
    private double available;
    private long filledNanos;

    /// @param perSecond on average, more than 0
    /// @param burst     at once, at least 1; what the bucket holds to begin with
    public TokenBucket(double perSecond, long burst, long nowNanos) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("perSecond: " + perSecond + " (expected: > 0)");
        }
        if (burst < 1) {
            throw new IllegalArgumentException("burst: " + burst + " (expected: >= 1)");
        }
        this.perNano = perSecond / NANOS_PER_SECOND;
        this.burst = burst;
        this.available = burst;
        this.filledNanos = nowNanos;
    }

    /// Takes one, or nothing.
    ///
    /// @return whether there was one
    public boolean take(long nowNanos) {
        if (nanosUntilOne(nowNanos) > 0) {
            return false;
        }
        available -= 1;
        return true;
    }

    /// Takes what has happened already, whether it was there or not: what is owed has to come in first.
    public void owe(long count, long nowNanos) {
        fill(nowNanos);
        available -= count;
    }

    /// @return until one can be taken; 0 when it can be now
    public long nanosUntilOne(long nowNanos) {
        return nanosUntil(1, nowNanos);
    }

    /// @return until nothing is owed; 0 when nothing is now
    public long nanosUntilNoneOwed(long nowNanos) {
        return nanosUntil(0, nowNanos);
    }

    /// Whether half of the burst is there: whoever uses this does so with pauses.
    public boolean isHalfFull(long nowNanos) {
        fill(nowNanos);
        return available >= burst / 2;
    }

    private long nanosUntil(double wanted, long nowNanos) {
        fill(nowNanos);
        return available >= wanted ? 0 : (long) Math.ceil((wanted - available) / perNano);
    }

    private void fill(long nowNanos) {
        long passed = nowNanos - filledNanos;
        if (passed > 0) {
            available = Math.min(burst, available + passed * perNano);
            filledNanos = nowNanos;
        }
    }
}
