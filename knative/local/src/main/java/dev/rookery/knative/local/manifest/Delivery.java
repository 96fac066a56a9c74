package dev.rookery.knative.local.manifest;

import java.time.Duration;

/// How often, how patiently and how long an event is delivered before it is a dead letter (Knative's
/// `DeliverySpec`).
///
/// @param retry           deliveries after the first one, at most
/// @param policy          how the waits between them grow
/// @param backoffDelay    the unit of the waits
/// @param timeout         of one delivery
/// @param deadLetterTopic where the dead-letter sink writes
public record Delivery(int retry, Backoff policy, Duration backoffDelay, Duration timeout, String deadLetterTopic) {

    private static final int MAX_EXPONENT = 20;

    public Delivery {
        if (retry < 0) {
            throw new IllegalArgumentException("retry: " + retry + " (expected: >= 0)");
        }
        if (!backoffDelay.isPositive()) {
            throw new IllegalArgumentException("backoffDelay: " + backoffDelay + " (expected: > 0)");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: > 0)");
        }
    }

    /// How the waits grow.
    public enum Backoff {
        EXPONENTIAL,
        LINEAR
    }

    /// How long to wait before a retry.
    ///
    /// @param retries how many there were before it, from 0
    public Duration waitBefore(int retries) {
        return switch (policy) {
            case EXPONENTIAL -> backoffDelay.multipliedBy(1L << Math.min(retries, MAX_EXPONENT));
            case LINEAR -> backoffDelay.multipliedBy(retries + 1L);
        };
    }
}
