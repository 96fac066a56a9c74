package dev.rookery.gateway.session;

import dev.rookery.gateway.protocol.ServerFrames;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What a connection may do, and how long things may take (player protocol, version 1).
///
/// @param perPlayer         whether a newer session closes the older
/// @param helloTimeout      from the upgrade to the first frame
/// @param maxHelloSize      of that frame
/// @param maxFrameSize      of every later one
/// @param heartbeat         between pings; who is silent for two of them is dropped
/// @param pending           a player's undecided and waiting commands; as many queries a session
/// @param commandsPerSecond of a player, on average
/// @param maxBadFrames      that a connection may send before it is closed
/// @param queryTimeout      after which a query is told to be unavailable
/// @param redisTimeout      for reading a player's stream
/// @param maxLife           after which, or up to a tenth earlier, a client is told to connect again, so that
///                          connections spread over new pods; 0 for never
@ConfigurationProperties("rookery.session")
public record SessionSettings(
        @DefaultValue("single") PerPlayer perPlayer,
        @DefaultValue("5s") Duration helloTimeout,
        @DefaultValue("4KB") DataSize maxHelloSize,
        @DefaultValue("16KB") DataSize maxFrameSize,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("32") int pending,
        @DefaultValue("50") int commandsPerSecond,
        @DefaultValue("20") int maxBadFrames,
        @DefaultValue("30s") Duration queryTimeout,
        @DefaultValue("3s") Duration redisTimeout,
        @DefaultValue("24h") Duration maxLife) {

    private static final int LIFE_SPREAD_DIVISOR = 10;

    public SessionSettings {
        positive("hello-timeout", helloTimeout);
        positive("heartbeat", heartbeat);
        positive("query-timeout", queryTimeout);
        positive("redis-timeout", redisTimeout);
        if (maxLife.isNegative()) {
            throw new IllegalArgumentException("rookery.session.max-life: " + maxLife + " (expected: >= 0)");
        }
        positive("max-hello-size", maxHelloSize.toBytes());
        positive("max-frame-size", maxFrameSize.toBytes());
        positive("pending", pending);
        positive("commands-per-second", commandsPerSecond);
        positive("max-bad-frames", maxBadFrames);
    }

    ServerFrames.Limits limits(int rooms) {
        return new ServerFrames.Limits(Math.toIntExact(maxFrameSize.toBytes()), commandsPerSecond, pending, rooms);
    }

    /// How long one connection may live; spread, because those who came together must not go together.
    Duration life(RandomGenerator random) {
        return maxLife.minusMillis(random.nextLong(maxLife.toMillis() / LIFE_SPREAD_DIVISOR + 1));
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("rookery.session." + name + ": " + value + " (expected: > 0)");
        }
    }

    private static void positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("rookery.session." + name + ": " + value + " (expected: >= 1)");
        }
    }

    /// How many sessions a player may hold.
    public enum PerPlayer {
        /// A newer one closes the older.
        SINGLE,
        /// Each gets every event.
        SEVERAL
    }
}
