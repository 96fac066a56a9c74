package dev.rookery.eventing.delivery.emission;

import dev.rookery.eventing.cloudevents.EventRecords;
import dev.rookery.eventing.cloudevents.FactEvents;
import dev.rookery.eventing.cloudevents.TraceHeaders;
import dev.rookery.eventing.contract.Outcome.RecordedFact;
import dev.rookery.eventing.contract.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;

/// Tells significant events that are no command's outcome, in the form of facts.
public final class SignificantTopic {

    private final Producer<String, byte[]> producer;
    private final String function;
    private final Duration bound;

    /// @param function whose events these are
    /// @param bound    how long Kafka may take to confirm all that are sent together
    public SignificantTopic(Producer<String, byte[]> producer, String function, Duration bound) {
        this.producer = producer;
        this.function = function;
        this.bound = bound;
    }

    /// Waits until Kafka has all of them.
    ///
    /// @throws EmissionFailedException when one is not known to be written
    public void send(List<RecordedFact> events) {
        var records = events.stream()
                .map(event ->
                        EventRecords.write(Topics.SIGNIFICANT, FactEvents.write(function, event, TraceHeaders.NONE)))
                .toList();
        Confirmed.write(producer, records, bound);
    }
}
