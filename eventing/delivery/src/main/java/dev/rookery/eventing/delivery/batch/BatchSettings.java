package dev.rookery.eventing.delivery.batch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How commands are put together.
///
/// @param maxSize    commands of one transaction at most
/// @param concurrent transactions at a time; each has a thread
/// @param linger     how long a transaction waits for more commands; only while commands come faster than one at a
///                   time, so that one that comes alone never waits
@ConfigurationProperties("rookery.batch")
public record BatchSettings(
        @DefaultValue("50") int maxSize,
        @DefaultValue("1") int concurrent,
        @DefaultValue("5ms") Duration linger) {

    public BatchSettings {
        if (maxSize < 1) {
            throw new IllegalArgumentException("rookery.batch.max-size: " + maxSize + " (expected: >= 1)");
        }
        if (concurrent < 1) {
            throw new IllegalArgumentException("rookery.batch.concurrent: " + concurrent + " (expected: >= 1)");
        }
        if (linger.isNegative()) {
            throw new IllegalArgumentException("rookery.batch.linger: " + linger + " (expected: >= 0)");
        }
    }
}
