package dev.rookery.knative.local.manifest;

import io.fabric8.knative.duck.v1.Destination;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What sources may refer to.
///
/// @param services names of Knative Services
/// @param sinks    topics of KafkaSinks, by name
record References(List<String> services, Map<String, String> sinks) {

    /// The service that a source posts to.
    String service(StrictYaml.Document document, @Nullable Destination sink) {
        var name = name(document, "spec.sink", sink, "serving.knative.dev/v1", "Service");
        if (!services.contains(name)) {
            throw document.complaint("spec.sink.ref.name: " + name + " (expected: one of " + services + ")");
        }
        return name;
    }

    String deadLetterTopic(StrictYaml.Document document, @Nullable Destination sink) {
        var path = "spec.delivery.deadLetterSink";
        var name = name(document, path, sink, "eventing.knative.dev/v1alpha1", "KafkaSink");
        var topic = sinks.get(name);
        if (topic == null) {
            throw document.complaint(path + ".ref.name: " + name + " (expected: one of " + sinks.keySet() + ")");
        }
        return topic;
    }

    private static String name(
            StrictYaml.Document document,
            String path,
            @Nullable Destination destination,
            String apiVersion,
            String kind) {
        var said = document.said(path, destination);
        var ref = document.said(path + ".ref", said.getRef());
        document.refuse(path + ".uri", said.getUri());
        if (!apiVersion.equals(ref.getApiVersion()) || !kind.equals(ref.getKind())) {
            throw document.complaint(path + ".ref: " + ref.getApiVersion() + " " + ref.getKind() + " (expected: "
                    + apiVersion + " " + kind + ")");
        }
        return ref.getName();
    }
}
