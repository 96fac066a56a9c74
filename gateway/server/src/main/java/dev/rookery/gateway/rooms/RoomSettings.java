package dev.rookery.gateway.rooms;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What rooms may cost.
///
/// @param perSession       rooms that one session may be in; a client is told
/// @param maxMembers       sessions that a room may have; one more is told `busy`
/// @param maxRooms         that have members on this pod; one more is told `busy`
/// @param presenceInterval between two tellings of who came and went
/// @param keepInterval     between two looks of a gateway at its rooms: whose gateway is gone is removed
/// @param memberTtl        after which members are forgotten whom no gateway keeps
/// @param queuedCasts      casts that wait for one event loop; more are dropped
/// @param redisTimeout     for joining
@ConfigurationProperties("rookery.rooms")
public record RoomSettings(
        @DefaultValue("100") int perSession,
        @DefaultValue("20000") int maxMembers,
        @DefaultValue("50000") int maxRooms,
        @DefaultValue("250ms") Duration presenceInterval,
        @DefaultValue("3s") Duration keepInterval,
        @DefaultValue("1m") Duration memberTtl,
        @DefaultValue("10000") int queuedCasts,
        @DefaultValue("3s") Duration redisTimeout) {

    public RoomSettings {
        positive("per-session", perSession);
        positive("max-members", maxMembers);
        positive("max-rooms", maxRooms);
        positive("queued-casts", queuedCasts);
        positive("presence-interval", presenceInterval);
        positive("keep-interval", keepInterval);
        positive("redis-timeout", redisTimeout);
        if (memberTtl.compareTo(keepInterval.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("rookery.rooms.member-ttl: " + memberTtl
                    + " (expected: at least twice the keep-interval of " + keepInterval + ")");
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("rookery.rooms." + name + ": " + value + " (expected: > 0)");
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("rookery.rooms." + name + ": " + value + " (expected: >= 1)");
        }
    }
}
