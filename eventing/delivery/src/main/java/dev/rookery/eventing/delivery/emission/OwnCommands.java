package dev.rookery.eventing.delivery.emission;

import dev.rookery.eventing.cloudevents.EventRecords;
import dev.rookery.eventing.cloudevents.RequestEvents;
import dev.rookery.eventing.cloudevents.TraceHeaders;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.contract.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
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
        long end = System.nanoTime() + bound.toNanos();
        var sent = new ArrayList<Future<RecordMetadata>>();
        try {
            data.forEach((request, each) -> sent.add(producer.send(EventRecords.write(
                    topic, RequestEvents.write(request, json.writeValueAsBytes(each), TraceHeaders.NONE)))));
            for (var each : sent) {
                each.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new EmissionFailedException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmissionFailedException(e);
        }
    }
}
