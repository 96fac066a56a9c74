package dev.rookery.eventing.delivery.inbox;

import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.Ending;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.contract.Request;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// Writes a decision as the event that the player is sent. What it writes is recorded, and never written again.
public final class OutcomeWriter {

    private final JsonMapper json;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    /// @param ids names of events, never the same twice
    public OutcomeWriter(JsonMapper json, InstantSource clock, Supplier<UUID> ids) {
        this.json = json;
        this.clock = clock;
        this.ids = ids;
    }

    Outcome.Recorded write(Request request, Decision decision) {
        var now = now();
        return switch (decision) {
            case Decision.Done(var type, var data, var facts) ->
                event(
                        request,
                        Ending.DONE,
                        type,
                        now,
                        data,
                        facts.stream()
                                .map(fact -> new Outcome.RecordedFact(
                                        fact.id(),
                                        fact.type().value(),
                                        fact.key(),
                                        now.toString(),
                                        json.writeValueAsString(fact.data())))
                                .toList());
            case Decision.Refused(var type, var refusal) ->
                event(request, Ending.REFUSED, type, now, refusal, List.of());
        };
    }

    Outcome.Recorded writeFailure(Request request, String code, String message) {
        var type = new EventType(request.type().function() + ".failed");
        return event(request, Ending.FAILED, type, now(), new Refusal(code, message), List.of());
    }

    String write(List<Outcome.RecordedFact> facts) {
        return json.writeValueAsString(facts);
    }

    List<Outcome.RecordedFact> readFacts(String facts) {
        return Arrays.asList(json.readValue(facts, Outcome.RecordedFact[].class));
    }

    private Outcome.Recorded event(
            Request request,
            Ending ending,
            EventType type,
            Instant now,
            Object data,
            List<Outcome.RecordedFact> facts) {
        var id = ids.get().toString();
        var event = json.createObjectNode()
                .put("id", id)
                .put("type", type.value())
                .put("re", request.id())
                .put("outcome", ending.wireName())
                .put("time", now.toString())
                .set("data", json.valueToTree(data));
        return new Outcome.Recorded(id, ending, json.writeValueAsString(event), facts, request.sending(), false);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
