package dev.rookery.gateway.connection;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What may wait for a client that reads slowly, and for how long.
///
/// @param maxUnsent    bytes that wait for one client; at half of it casts are dropped and history waits, one more
///                     event beyond all of it closes the connection with 4001
/// @param heldCasts    the newest casts that are kept for a client that has no room; older ones are dropped
/// @param stallTimeout after which a client that has had no room all the time is closed with 4001
/// @param closeTimeout for the client to answer a close before its socket is dropped
@ConfigurationProperties("rookery.slow-reader")
public record SlowReaderSettings(
        @DefaultValue("1MB") DataSize maxUnsent,
        @DefaultValue("16") int heldCasts,
        @DefaultValue("10s") Duration stallTimeout,
        @DefaultValue("3s") Duration closeTimeout) {

    /// Below this a single large event would close a client that reads.
    private static final DataSize MIN_UNSENT = DataSize.ofKilobytes(16);

    public SlowReaderSettings {
        if (maxUnsent.compareTo(MIN_UNSENT) < 0 || maxUnsent.compareTo(DataSize.ofGigabytes(1)) > 0) {
            throw new IllegalArgumentException(
                    "rookery.slow-reader.max-unsent: " + maxUnsent + " (expected: " + MIN_UNSENT + " to 1GB)");
        }
        if (heldCasts < 0) {
            throw new IllegalArgumentException("rookery.slow-reader.held-casts: " + heldCasts + " (expected: >= 0)");
        }
        positive("stall-timeout", stallTimeout);
        positive("close-timeout", closeTimeout);
    }

    /// From here a client counts as slow; it counts as fast again when half of this is left.
    public int softLimit() {
        return hardLimit() / 2;
    }

    int hardLimit() {
        return Math.toIntExact(maxUnsent.toBytes());
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("rookery.slow-reader." + name + ": " + value + " (expected: > 0)");
        }
    }
}
