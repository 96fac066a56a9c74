package dev.rookery.gateway.limits;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How much may come in. A burst is what may come at once; a type's is what it may a second.
///
/// @param commandBurst       commands of one player on this pod, above `rookery.session.commands-per-second`
/// @param framesPerSecond    messages of one connection, of whatever kind, control frames too; above it is not read
/// @param frameBurst         of these
/// @param bytesPerSecond     that one connection sends, as they come; above it is not read
/// @param byteBurst          of these
/// @param patience           how long one may send as fast as it is read before it is closed with 4005
/// @param joinsPerSecond     of rooms, by one connection
/// @param joinBurst          of these: who comes back joins all its rooms again
/// @param castsPerSecond     of one connection
/// @param castBurst          of these
/// @param refreshesPerMinute tokens that one connection may bring
@ConfigurationProperties("rookery.limits")
public record LimitSettings(
        @DefaultValue("100") int commandBurst,
        @DefaultValue("200") int framesPerSecond,
        @DefaultValue("400") int frameBurst,
        @DefaultValue("256KB") DataSize bytesPerSecond,
        @DefaultValue("512KB") DataSize byteBurst,
        @DefaultValue("30s") Duration patience,
        @DefaultValue("20") int joinsPerSecond,
        @DefaultValue("200") int joinBurst,
        @DefaultValue("60") int castsPerSecond,
        @DefaultValue("120") int castBurst,
        @DefaultValue("10") int refreshesPerMinute) {

    private static final double SECONDS_PER_MINUTE = 60;

    public LimitSettings {
        positive("command-burst", commandBurst);
        positive("frames-per-second", framesPerSecond);
        positive("frame-burst", frameBurst);
        positive("bytes-per-second", bytesPerSecond.toBytes());
        positive("byte-burst", byteBurst.toBytes());
        positive("joins-per-second", joinsPerSecond);
        positive("join-burst", joinBurst);
        positive("casts-per-second", castsPerSecond);
        positive("cast-burst", castBurst);
        positive("refreshes-per-minute", refreshesPerMinute);
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("rookery.limits.patience: " + patience + " (expected: > 0)");
        }
    }

    /// One connection's joins.
    public TokenBucket joins(long nowNanos) {
        return new TokenBucket(joinsPerSecond, joinBurst, nowNanos);
    }

    /// One connection's casts.
    public TokenBucket casts(long nowNanos) {
        return new TokenBucket(castsPerSecond, castBurst, nowNanos);
    }

    /// The tokens that one connection brings.
    public TokenBucket refreshes(long nowNanos) {
        return new TokenBucket(refreshesPerMinute / SECONDS_PER_MINUTE, refreshesPerMinute, nowNanos);
    }

    TokenBucket frames(long nowNanos) {
        return new TokenBucket(framesPerSecond, frameBurst, nowNanos);
    }

    TokenBucket bytes(long nowNanos) {
        return new TokenBucket(bytesPerSecond.toBytes(), byteBurst.toBytes(), nowNanos);
    }

    private static void positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("rookery.limits." + name + ": " + value + " (expected: >= 1)");
        }
    }
}
