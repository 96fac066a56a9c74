package dev.rookery.knative.local.manifest;

import java.util.Map;

/// A Kafka topic. It is declared once: a topic operator makes it in a cluster, this platform on one machine.
///
/// @param config of the topic, by Kafka's names
public record Topic(String name, int partitions, Map<String, String> config) {

    public Topic {
        if (partitions < 1) {
            throw new IllegalArgumentException("spec.partitions: " + partitions + " (expected: >= 1)");
        }
        config = Map.copyOf(config);
    }
}
