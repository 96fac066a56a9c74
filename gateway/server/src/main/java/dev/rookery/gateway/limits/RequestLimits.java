package dev.rookery.gateway.limits;

import dev.rookery.eventing.contract.Catalog;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Lane;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many commands one player may send, and how many requests of each type. As many buckets as types are listed
/// at most.
///
/// Confined to the player's home.
public final class RequestLimits {

    private final Catalog catalog;
    private final TokenBucket commands;
    private final Map<EventType, TokenBucket> byType = new HashMap<>();

    /// @param commandsPerSecond on average
    /// @param commandBurst      at once
    public RequestLimits(Catalog catalog, int commandsPerSecond, int commandBurst, long nowNanos) {
        this.catalog = catalog;
        this.commands = new TokenBucket(commandsPerSecond, commandBurst, nowNanos);
    }

    /// Takes one request, or nothing. A type that is not listed has no rate of its own.
    ///
    /// @return nanoseconds after which it may be sent again; 0 when it is taken
    public long take(EventType type, Lane lane, long nowNanos) {
        var ofType = ofType(type, nowNanos);
        long wait = Math.max(
                lane == Lane.COMMAND ? commands.nanosUntilOne(nowNanos) : 0,
                ofType == null ? 0 : ofType.nanosUntilOne(nowNanos));
        if (wait > 0) {
            return wait;
        }
        if (lane == Lane.COMMAND) {
            commands.take(nowNanos);
        }
        if (ofType != null) {
            ofType.take(nowNanos);
        }
        return 0;
    }

    private @Nullable TokenBucket ofType(EventType type, long nowNanos) {
        var entry = catalog.entries().get(type);
        if (entry == null) {
            return null;
        }
        return byType.computeIfAbsent(type, _ -> new TokenBucket(entry.perSecond(), entry.perSecond(), nowNanos));
    }
}
