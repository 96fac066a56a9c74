package dev.rookery.knative.local.manifest;

import io.fabric8.knative.duck.v1.DeliverySpec;
import io.fabric8.knative.sources.v1.KafkaSource;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// Reads one KafkaSource. Knative lets much of it be left out and then means something that nobody wants, such as
/// no retry at all or ordered delivery that costs 300 ms; here it has to be said.
final class SourceReader {

    private final StrictYaml.Document document;
    private final String namespace;
    private final References references;

    SourceReader(StrictYaml.Document document, String namespace, References references) {
        this.document = document;
        this.namespace = namespace;
        this.references = references;
    }

    Source read(KafkaSource source) {
        var spec = source.getSpec();
        if (!"unordered".equals(spec.getOrdering())) {
            throw document.complaint("spec.ordering: " + spec.getOrdering() + " (expected: unordered)");
        }
        document.refuse("spec.ceOverrides", spec.getCeOverrides());
        try {
            return new Source(
                    source.getMetadata().getName(),
                    namespace,
                    spec.getTopics(),
                    document.said("spec.consumerGroup", spec.getConsumerGroup()),
                    document.said("spec.consumers", spec.getConsumers()),
                    initialOffset(document.said("spec.initialOffset", spec.getInitialOffset())),
                    delivery(document.said("spec.delivery", spec.getDelivery())),
                    references.service(document, spec.getSink()));
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
        document.refuse("spec.delivery.retryAfterMax", spec.getRetryAfterMax());
        document.refuse("spec.delivery.format", spec.getFormat());
        return new Delivery(
                document.said("spec.delivery.retry", spec.getRetry()),
                policy(document.said("spec.delivery.backoffPolicy", spec.getBackoffPolicy())),
                duration("spec.delivery.backoffDelay", spec.getBackoffDelay()),
                duration("spec.delivery.timeout", spec.getTimeout()),
                references.deadLetterTopic(document, spec.getDeadLetterSink()));
    }

    private Delivery.Backoff policy(String name) {
        return switch (name) {
            case "exponential" -> Delivery.Backoff.EXPONENTIAL;
            case "linear" -> Delivery.Backoff.LINEAR;
            default ->
                throw document.complaint("spec.delivery.backoffPolicy: " + name + " (expected: exponential or linear)");
        };
    }

    private Duration duration(String path, @Nullable String text) {
        try {
            return Duration.parse(document.said(path, text));
        } catch (DateTimeParseException e) {
            throw document.complaint(path + ": " + text + " (expected: ISO 8601, such as PT0.2S)");
        }
    }
}
