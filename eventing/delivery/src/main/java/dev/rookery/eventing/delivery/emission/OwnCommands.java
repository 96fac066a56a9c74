package dev.rookery.eventing.delivery.emission;

import dev.rookery.eventing.cloudevents.EventRecords;
import dev.rookery.eventing.cloudevents.RequestEvents;
import dev.rookery.eventing.cloudevents.TraceHeaders;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.contract.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.json.JsonMapper;

/// Commands that a function gives itself in a player's name, for chores that find something to do. They come back like
/// any other: in their key's order, once however often they are sent, with an outcome that the player is told. Their
/// ids have to follow from what is to be done.
public final class OwnCommands {

    private final Producer<String, byte[]> producer;
    private final JsonMapper json;
    private final String topic;
    private final Duration bound;

    /// @param bound how long Kafka may take to confirm all that are sent together
    public OwnCommands(Producer<String, byte[]> producer, JsonMapper json, String function, Duration bound) {
        this.producer = producer;
        this.json = json;
        this.topic = Topics.commands(function);
        this.bound = bound;
    }

    /// Waits until Kafka has all of them.
    ///
    /// @param data of each, which becomes JSON
    /// @throws EmissionFailedException when one is not known to be written
    public void send(Map<Request, ?> data) {
        var records = new ArrayList<ProducerRecord<String, byte[]>>();
        data.forEach((request, each) -> records.add(EventRecords.write(
                topic, RequestEvents.write(request, json.writeValueAsBytes(each), TraceHeaders.NONE))));
        Confirmed.write(producer, records, bound);
    }
}
