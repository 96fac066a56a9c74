package dev.rookery.eventing.cloudevents;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// CloudEvents as Kafka records in binary mode: attributes in `ce_` headers, the data as value.
///
/// Two things stand twice, because who reads them differs. The partition key is the record's key, which Kafka
/// partitions by, and `ce_partitionkey`, because Knative makes no attribute of the record's key. The trace
/// context is the plain header `traceparent`, from which Knative makes the HTTP header, and `ce_traceparent`,
/// which it passes on untouched. An event without a partition key is spread by its id.
public final class EventRecords {

    private EventRecords() {}

    public static ProducerRecord<String, byte[]> write(String topic, CloudEvent event) {
        var partitionKey = RequestEvents.extension(event, RequestEvents.PARTITION_KEY);
        var key = partitionKey == null ? event.getId() : partitionKey;
        ProducerRecord<String, byte[]> written =
                KafkaMessageFactory.createWriter(topic, key).writeBinary(event);
        var trace = RequestEvents.trace(event);
        addHeader(written, TraceHeaders.TRACEPARENT, trace.traceparent());
        addHeader(written, TraceHeaders.TRACESTATE, trace.tracestate());
        return written;
    }

    private static void addHeader(ProducerRecord<?, ?> record, String name, @Nullable String value) {
        if (value != null) {
            record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }
}
