package dev.rookery.eventing.delivery.inbox;

import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.Ending;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Fact;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Outcome.RecordedFact;
import dev.rookery.eventing.contract.Outcome.RecordedPush;
import dev.rookery.eventing.contract.Outcome.RecordedRoomChange;
import dev.rookery.eventing.contract.Push;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.contract.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// Writes a decision as the events that the player and others are sent. What it writes is recorded, and never
/// written again.
public final class OutcomeWriter {

    private static final int DIGEST_DIGITS = 32;

    private final JsonMapper json;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    /// @param ids names of events, never the same twice
    public OutcomeWriter(JsonMapper json, InstantSource clock, Supplier<UUID> ids) {
        this.json = json;
        this.clock = clock;
        this.ids = ids;
    }

    /// How the lists of an outcome stand in its row.
    InboxTexts texts() {
        return new InboxTexts(json);
    }

    Outcome.Recorded write(Request request, Decision decision) {
        var now = now();
        return switch (decision) {
            case Decision.Done done ->
                event(
                        request,
                        Ending.DONE,
                        done.type(),
                        now,
                        done.data(),
                        done.facts().stream().map(fact -> fact(fact, now)).toList(),
                        done.pushes().stream().map(push -> push(push, now)).toList(),
                        done.roomChanges().stream()
                                .map(change -> new RecordedRoomChange(newId(), now.toEpochMilli(), change))
                                .toList());
            case Decision.Refused(var type, var refusal) ->
                event(request, Ending.REFUSED, type, now, refusal, List.of(), List.of(), List.of());
        };
    }

    Outcome.Recorded writeFailure(Request request, String code, String message) {
        var type = new EventType(request.type().function() + ".failed");
        var now = now();
        var failed = fact(Fact.of(request, "failed", type, Failed.of(request, code)), now);
        return event(
                request, Ending.FAILED, type, now, new Refusal(code, message), List.of(failed), List.of(), List.of());
    }

    /// The significant event that a command's id stood for another one. It has the same id however often that
    /// command is delivered.
    RecordedFact writeReuse(Request request, Outcome.IdReused reused) {
        var type = new EventType(request.type().function() + ".id-reused");
        var name = request.player().source() + "\n" + request.id() + "\n" + reused.given();
        var digest = Fingerprint.of(name.getBytes(StandardCharsets.UTF_8)).substring(0, DIGEST_DIGITS);
        var player = request.player().value();
        return fact(new Fact("id-reused-" + digest, type, player, Reused.of(request, reused)), now());
    }

    private Outcome.Recorded event(
            Request request,
            Ending ending,
            EventType type,
            Instant now,
            Object data,
            List<RecordedFact> facts,
            List<RecordedPush> pushes,
            List<RecordedRoomChange> roomChanges) {
        var id = newId();
        var event = json.createObjectNode()
                .put("id", id)
                .put("type", type.value())
                .put("re", request.id())
                .put("outcome", ending.wireName())
                .put("time", now.toString())
                .set("data", json.valueToTree(data));
        return new Outcome.Recorded(
                id, ending, json.writeValueAsString(event), facts, pushes, roomChanges, request.sending(), false);
    }

    private RecordedFact fact(Fact fact, Instant now) {
        return new RecordedFact(
                fact.id(), fact.type().value(), fact.key(), now.toString(), json.writeValueAsString(fact.data()));
    }

    private RecordedPush push(Push push, Instant now) {
        var id = newId();
        var event = json.createObjectNode()
                .put("id", id)
                .put("type", push.type().value())
                .put("time", now.toString())
                .set("data", json.valueToTree(push.data()));
        return new RecordedPush(id, now.toEpochMilli(), json.writeValueAsString(event), push.to());
    }

    private String newId() {
        return ids.get().toString();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// @param type of the command
    /// @param code what the player was told
    private record Failed(String player, String command, String type, String code) {

        static Failed of(Request request, String code) {
            return new Failed(
                    request.player().value(), request.id(), request.type().value(), code);
        }
    }

    /// @param type     of the command that came now
    /// @param recorded fingerprint of the command that has the id
    /// @param given    fingerprint of the one that came now
    private record Reused(String player, String command, String type, String recorded, String given) {

        static Reused of(Request request, Outcome.IdReused reused) {
            return new Reused(
                    request.player().value(), request.id(), request.type().value(), reused.recorded(), reused.given());
        }
    }
}
