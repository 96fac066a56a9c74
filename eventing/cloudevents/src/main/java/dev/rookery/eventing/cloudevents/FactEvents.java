package dev.rookery.eventing.cloudevents;

import dev.rookery.eventing.contract.Outcome.RecordedFact;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;

/// A fact as a CloudEvent: source `/functions/{function}`, subject and `partitionkey` its key.
public final class FactEvents {

    private FactEvents() {}

    public static CloudEvent write(String function, RecordedFact fact, TraceHeaders trace) {
        var event = CloudEventBuilder.v1()
                .withId(fact.id())
                .withSource(URI.create("/functions/" + function))
                .withType(fact.type())
                .withSubject(fact.key())
                .withTime(OffsetDateTime.parse(fact.time()))
                .withExtension(RequestEvents.PARTITION_KEY, fact.key())
                .withData(RequestEvents.JSON, fact.data().getBytes(StandardCharsets.UTF_8));
        RequestEvents.withTrace(event, trace);
        return event.build();
    }
}
