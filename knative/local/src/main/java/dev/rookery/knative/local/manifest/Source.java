package dev.rookery.knative.local.manifest;

import java.util.List;

/// A KafkaSource: whose topics are delivered to which service, without an order within a partition.
///
/// @param consumers     that share the partitions
/// @param initialOffset where a group begins that has committed nothing yet
/// @param service       name of the Knative Service that is posted to
public record Source(
        String name,
        String namespace,
        List<String> topics,
        String consumerGroup,
        int consumers,
        InitialOffset initialOffset,
        Delivery delivery,
        String service) {

    public Source {
        topics = List.copyOf(topics);
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("spec.topics: none (expected: at least one)");
        }
        if (consumers < 1) {
            throw new IllegalArgumentException("spec.consumers: " + consumers + " (expected: >= 1)");
        }
    }

    /// Where a group begins.
    public enum InitialOffset {
        EARLIEST,
        LATEST
    }
}
