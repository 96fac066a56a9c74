package dev.rookery.eventing.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How a function is run.
///
/// @param function        its name: schema, topics and types begin with it
/// @param catalog         folder of catalog files
/// @param kafka           bootstrap servers, `host:port`
/// @param redis           `redis://host:port`
/// @param maxTries        deliveries of a command that may throw before it has failed for good
/// @param maxConcurrent   deliveries at a time; one more is told to come again later
/// @param emissionTimeout how long Redis and Kafka may take to confirm
/// @param queryTimeout    a query older than this is not answered: nobody waits for it any more
@ConfigurationProperties("rookery")
public record DeliverySettings(
        String function,
        String catalog,
        String kafka,
        String redis,
        @DefaultValue("5") int maxTries,
        @DefaultValue("64") int maxConcurrent,
        @DefaultValue("5s") Duration emissionTimeout,
        @DefaultValue("30s") Duration queryTimeout) {

    public DeliverySettings {
        if (function.isBlank()) {
            throw new IllegalArgumentException("rookery.function: is empty (expected: the function's name)");
        }
        if (maxTries < 1) {
            throw new IllegalArgumentException("rookery.max-tries: " + maxTries + " (expected: >= 1)");
        }
        if (maxConcurrent < 1) {
            throw new IllegalArgumentException("rookery.max-concurrent: " + maxConcurrent + " (expected: >= 1)");
        }
        if (!emissionTimeout.isPositive()) {
            throw new IllegalArgumentException("rookery.emission-timeout: " + emissionTimeout + " (expected: > 0)");
        }
        if (!queryTimeout.isPositive()) {
            throw new IllegalArgumentException("rookery.query-timeout: " + queryTimeout + " (expected: > 0)");
        }
    }
}
