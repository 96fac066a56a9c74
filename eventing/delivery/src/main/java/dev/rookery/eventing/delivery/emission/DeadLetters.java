package dev.rookery.eventing.delivery.emission;

import dev.rookery.eventing.cloudevents.EventRecords;
import dev.rookery.eventing.cloudevents.RequestEvents;
import dev.rookery.eventing.cloudevents.TraceHeaders;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.contract.Topics;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;

/// Writes the dead letters that no dispatcher will write, in the form in which dispatchers write them.
public final class DeadLetters {

    /// As when a delivery is answered that it can never be done.
    private static final String CODE = "400";

    private static final int MAX_REASON_LENGTH = 1_024;

    private final Producer<String, byte[]> producer;
    private final String function;
    private final Duration bound;

    /// @param function that could not handle them
    /// @param bound    how long Kafka may take to confirm
    public DeadLetters(Producer<String, byte[]> producer, String function, Duration bound) {
        this.producer = producer;
        this.function = function;
        this.bound = bound;
    }

    /// Waits until Kafka has it.
    ///
    /// @throws EmissionFailedException when it is not known to be written
    public void write(Request request, byte[] data, String reason) {
        var letter = CloudEventBuilder.from(RequestEvents.write(request, data, TraceHeaders.NONE))
                .withExtension("knativeerrordest", function)
                .withExtension("knativeerrorcode", CODE)
                .withExtension("knativeerrordata", reason.substring(0, Math.min(reason.length(), MAX_REASON_LENGTH)))
                .build();
        Confirmed.write(producer, List.of(EventRecords.write(Topics.DEAD_LETTERS, letter)), bound);
    }
}
