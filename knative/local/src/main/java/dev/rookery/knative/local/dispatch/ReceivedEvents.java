package dev.rookery.knative.local.dispatch;

import dev.rookery.knative.local.manifest.Source;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A Kafka record as the CloudEvent that it is, or, when it is none or a broken one, as the event that Knative
/// makes of such a record: `dev.knative.kafka.event`, named by its place. So whoever is posted to decides, and
/// nothing is lost.
final class ReceivedEvents {

    private static final String FOREIGN_TYPE = "dev.knative.kafka.event";

    private ReceivedEvents() {}

    static CloudEvent read(Source source, ConsumerRecord<byte[], byte[]> record) {
        try {
            var event = KafkaMessageFactory.createReader(record.headers(), record.value())
                    .toEvent();
            return placed(CloudEventBuilder.from(event), record).build();
        } catch (RuntimeException e) {
            // Headers are anybody's bytes, and the reader has its own ways to trip over them.
            return foreign(source, record);
        }
    }

    private static CloudEvent foreign(Source source, ConsumerRecord<byte[], byte[]> record) {
        var place = "partition:" + record.partition();
        var event = CloudEventBuilder.v1()
                .withId(place + "/offset:" + record.offset())
                .withSource(URI.create("/apis/v1/namespaces/" + source.namespace() + "/kafkasources/" + source.name()
                        + "#" + record.topic()))
                .withSubject(place + "#" + record.offset())
                .withType(FOREIGN_TYPE)
                .withTime(Instant.ofEpochMilli(record.timestamp()).atOffset(ZoneOffset.UTC));
        if (record.value() != null) {
            event.withData(record.value());
        }
        return placed(event, record).build();
    }

    private static CloudEventBuilder placed(CloudEventBuilder event, ConsumerRecord<?, ?> record) {
        return event.withExtension("knativekafkapartition", record.partition())
                .withExtension("knativekafkaoffset", record.offset());
    }
}
