package dev.rookery.knative.local.manifest;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Strimzi's resource, as much of it as is used here.
record KafkaTopic(
        String apiVersion,
        String kind,
        ObjectMeta metadata,
        @Nullable Spec spec) {

    /// @param replicas null for as many as the brokers make by themselves
    record Spec(
            @Nullable Integer partitions,
            @Nullable Integer replicas,
            @Nullable Map<String, String> config) {}

    /// How many copies there are is a cluster's matter: here there is one broker.
    Topic topic(StrictYaml.Document document) {
        var said = document.said("spec", spec);
        try {
            return new Topic(
                    metadata.getName(),
                    document.said("spec.partitions", said.partitions()),
                    document.said("spec.config", said.config()));
        } catch (IllegalArgumentException e) {
            throw document.complaint(String.valueOf(e.getMessage()));
        }
    }
}
