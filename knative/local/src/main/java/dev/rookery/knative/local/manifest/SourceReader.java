package dev.rookery.knative.local.manifest;

import io.fabric8.knative.duck.v1.DeliverySpec;
import io.fabric8.knative.duck.v1.Destination;
import io.fabric8.knative.sources.v1.KafkaSource;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one KafkaSource. Knative lets much of it be left out and then means something that nobody wants, such as
/// no retry at all or ordered delivery that costs 300 ms; here it has to be said.
final class SourceReader {

    private final StrictYaml.Document document;
    private final String namespace;
    private final List<String> services;
    private final Map<String, String> sinks;

    /// @param services names of Knative Services
    /// @param sinks    topics of KafkaSinks, by name
    SourceReader(StrictYaml.Document document, String namespace, List<String> services, Map<String, String> sinks) {
        this.document = document;
        this.namespace = namespace;
        this.services = services;
        this.sinks = sinks;
    }

    Source read(KafkaSource source) {
        var spec = source.getSpec();
        if (!"unordered".equals(spec.getOrdering())) {
            throw document.complaint("spec.ordering: " + spec.getOrdering() + " (expected: unordered)");
        }
        refuse("spec.ceOverrides", spec.getCeOverrides());
        try {
            return new Source(
                    source.getMetadata().getName(),
                    namespace,
                    spec.getTopics(),
                    said("spec.consumerGroup", spec.getConsumerGroup()),
                    said("spec.consumers", spec.getConsumers()),
                    initialOffset(said("spec.initialOffset", spec.getInitialOffset())),
                    delivery(said("spec.delivery", spec.getDelivery())),
                    service(said("spec.sink", spec.getSink())));
        } catch (IllegalArgumentException e) {
            throw document.complaint(String.valueOf(e.getMessage()));
        }
    }

    private Source.InitialOffset initialOffset(String name) {
        return switch (name) {
            case "earliest" -> Source.InitialOffset.EARLIEST;
            case "latest" -> Source.InitialOffset.LATEST;
            default -> throw document.complaint("spec.initialOffset: " + name + " (expected: earliest or latest)");
        };
    }

    private Delivery delivery(DeliverySpec spec) {
        refuse("spec.delivery.retryAfterMax", spec.getRetryAfterMax());
        refuse("spec.delivery.format", spec.getFormat());
        return new Delivery(
                said("spec.delivery.retry", spec.getRetry()),
                policy(said("spec.delivery.backoffPolicy", spec.getBackoffPolicy())),
                duration("spec.delivery.backoffDelay", spec.getBackoffDelay()),
                duration("spec.delivery.timeout", spec.getTimeout()),
                deadLetterTopic(said("spec.delivery.deadLetterSink", spec.getDeadLetterSink())));
    }

    private Delivery.Backoff policy(String name) {
        return switch (name) {
            case "exponential" -> Delivery.Backoff.EXPONENTIAL;
            case "linear" -> Delivery.Backoff.LINEAR;
            default ->
                throw document.complaint("spec.delivery.backoffPolicy: " + name + " (expected: exponential or linear)");
        };
    }

    private String service(Destination sink) {
        var name = reference("spec.sink", sink, "serving.knative.dev/v1", "Service");
        if (!services.contains(name)) {
            throw document.complaint("spec.sink.ref.name: " + name + " (expected: one of " + services + ")");
        }
        return name;
    }

    private String deadLetterTopic(Destination sink) {
        var name = reference("spec.delivery.deadLetterSink", sink, "eventing.knative.dev/v1alpha1", "KafkaSink");
        var topic = sinks.get(name);
        if (topic == null) {
            throw document.complaint(
                    "spec.delivery.deadLetterSink.ref.name: " + name + " (expected: one of " + sinks.keySet() + ")");
        }
        return topic;
    }

    private String reference(String path, Destination destination, String apiVersion, String kind) {
        var ref = said(path + ".ref", destination.getRef());
        refuse(path + ".uri", destination.getUri());
        if (!apiVersion.equals(ref.getApiVersion()) || !kind.equals(ref.getKind())) {
            throw document.complaint(path + ".ref: " + ref.getApiVersion() + " " + ref.getKind() + " (expected: "
                    + apiVersion + " " + kind + ")");
        }
        return ref.getName();
    }

    private Duration duration(String path, @Nullable String text) {
        try {
            return Duration.parse(said(path, text));
        } catch (DateTimeParseException e) {
            throw document.complaint(path + ": " + text + " (expected: ISO 8601, such as PT0.2S)");
        }
    }

    private <T> T said(String path, @Nullable T value) {
        if (value == null) {
            throw document.complaint(path + ": none (expected: said, because Knative's default is not what we want)");
        }
        return value;
    }

    private void refuse(String path, @Nullable Object value) {
        if (value != null) {
            throw document.complaint(path + ": " + value + " (expected: nothing, it is not done on one machine)");
        }
    }
}
