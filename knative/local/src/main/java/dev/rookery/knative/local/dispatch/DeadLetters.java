package dev.rookery.knative.local.dispatch;

import dev.rookery.eventing.cloudevents.EventRecords;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what could not be delivered to a dead-letter topic, as the event that it was, with Knative's extensions
/// that say why: `knativeerrordest`, `knativeerrorcode`, `knativeerrordata`. A letter that these make larger than Kafka
/// takes goes without the event's data.
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    /// Knative's own bound.
    private static final int MAX_REASON_LENGTH = 1_024;

    private final Producer<String, byte[]> producer;

    public DeadLetters(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /// Waits until Kafka has it.
    ///
    /// @param status of the last delivery's answer; 0 when there was none
    /// @return false when Kafka did not take it in time
    /// @throws InterruptedException when this thread is told to end
    boolean write(String topic, CloudEvent event, URI destination, int status, String why) throws InterruptedException {
        var letter = CloudEventBuilder.from(event)
                .withExtension("knativeerrordest", destination.toString())
                .withExtension("knativeerrorcode", Integer.toString(status))
                .withExtension("knativeerrordata", shown(why))
                .build();
        boolean isWritten = written(topic, letter);
        if (isWritten) {
            LOG.warn("dead letter: {} {}", event.getType(), why);
        }
        return isWritten;
    }

    private boolean written(String topic, CloudEvent letter) throws InterruptedException {
        try {
            producer.send(EventRecords.write(topic, letter)).get();
            return true;
        } catch (ExecutionException e) {
            LOG.error("dead letter not written: {}", String.valueOf(e.getCause()));
            // It would be too large whenever it is tried, and hold up its partition for ever.
            return e.getCause() instanceof RecordTooLargeException
                    && letter.getData() != null
                    && written(
                            topic, CloudEventBuilder.from(letter).withoutData().build());
        }
    }

    private static String shown(String why) {
        return why.length() <= MAX_REASON_LENGTH ? why : why.substring(0, MAX_REASON_LENGTH);
    }
}
