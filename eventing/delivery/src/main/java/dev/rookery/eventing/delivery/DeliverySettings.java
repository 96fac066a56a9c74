package dev.rookery.eventing.delivery;

import dev.rookery.eventing.cloudevents.KafkaAccess;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How a function is run.
///
/// @param function        its name: schema, topics and types begin with it
/// @param schemas         the function's own, which has its name, then those that it shares with others
/// @param catalog         folder of catalog files
/// @param kafka           how Kafka is reached
/// @param redis           `redis://host:port`
/// @param maxTries        deliveries of a command that may throw before it has failed for good
/// @param maxConcurrent   deliveries at a time; one more is told to come again later
/// @param deliveryTimeout a delivery that has not ended by then hangs, and the process ends; shorter than the
///                        KafkaSource's `timeout`, so that nothing is tried again while it runs
/// @param emissionTimeout how long Redis and Kafka may take to confirm
/// @param sweepAfter      an outcome that is not known to be told after so long is told by a sweep; shorter than
///                        `rookery.stream.ack-grace`, so that the player's stream still knows what it was told
/// @param parkedFor       a command that threw and was not tried again for so long has failed for good; longer than
///                        the dispatcher goes on trying, which is 3.5 minutes
/// @param choresEvery     pause between two runs of the chores in an instance that is there
/// @param queryTimeout    a query older than this is not answered: nobody waits for it any more
@ConfigurationProperties("rookery")
public record DeliverySettings(
        String function,
        List<String> schemas,
        String catalog,
        KafkaAccess kafka,
        String redis,
        @DefaultValue("5") int maxTries,
        @DefaultValue("128") int maxConcurrent,
        @DefaultValue("25s") Duration deliveryTimeout,
        @DefaultValue("5s") Duration emissionTimeout,
        @DefaultValue("1m") Duration sweepAfter,
        @DefaultValue("10m") Duration parkedFor,
        @DefaultValue("1m") Duration choresEvery,
        @DefaultValue("30s") Duration queryTimeout) {

    public DeliverySettings {
        schemas = List.copyOf(schemas);
        if (function.isBlank()) {
            throw new IllegalArgumentException("rookery.function: is empty (expected: the function's name)");
        }
        if (schemas.isEmpty() || !schemas.getFirst().equals(function)) {
            throw new IllegalArgumentException(
                    "rookery.schemas: " + schemas + " (expected: " + function + ", then those that it shares)");
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
        if (deliveryTimeout.compareTo(emissionTimeout) <= 0) {
            throw new IllegalArgumentException("rookery.delivery-timeout: " + deliveryTimeout
                    + " (expected: > rookery.emission-timeout, " + emissionTimeout + ")");
        }
        if (sweepAfter.compareTo(emissionTimeout) <= 0) {
            throw new IllegalArgumentException("rookery.sweep-after: " + sweepAfter
                    + " (expected: > rookery.emission-timeout, " + emissionTimeout + ")");
        }
        if (!parkedFor.isPositive()) {
            throw new IllegalArgumentException("rookery.parked-for: " + parkedFor + " (expected: > 0)");
        }
        if (!choresEvery.isPositive()) {
            throw new IllegalArgumentException("rookery.chores-every: " + choresEvery + " (expected: > 0)");
        }
        if (!queryTimeout.isPositive()) {
            throw new IllegalArgumentException("rookery.query-timeout: " + queryTimeout + " (expected: > 0)");
        }
    }
}
