package dev.rookery.eventing.delivery;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Ending;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.delivery.Handlers.Handler;
import dev.rookery.eventing.delivery.emission.Emission;
import dev.rookery.eventing.delivery.inbox.Faults;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Queries: run and answered, nothing recorded. A query that throws is answered `failed` at once, because the
/// player is waiting and may ask again; one that nobody waits for any more is dropped.
final class QueryLane {

    private static final Logger LOG = LoggerFactory.getLogger(QueryLane.class);

    private final Emission emission;
    private final JsonMapper json;
    private final InstantSource clock;
    private final Duration timeout;

    QueryLane(Emission emission, JsonMapper json, InstantSource clock, Duration timeout) {
        this.emission = emission;
        this.json = json;
        this.clock = clock;
        this.timeout = timeout;
    }

    Verdict run(Handler.OfQueries handler, Request request, byte[] data) {
        var sending = request.sending();
        if (sending == null) {
            return new Verdict.Undeliverable("session: none (expected: the connection that a query is answered on)");
        }
        if (request.time().plus(timeout).isBefore(clock.instant())) {
            return new Verdict.Delivered();
        }
        try {
            emission.answer(request, sending, answer(handler, request, data));
            return new Verdict.Delivered();
        } catch (RuntimeException thrown) {
            return new Verdict.Later(thrown.toString());
        }
    }

    private String answer(Handler.OfQueries handler, Request request, byte[] data) {
        try {
            var tree = json.readTree(data);
            var complaint = handler.schema().check(tree);
            if (complaint.isPresent()) {
                return refused(new Refusal("invalid-data", complaint.get().toString()));
            }
            Object typed = json.treeToValue(tree, json.constructType(handler.dataType()));
            return switch (handler.function().apply(new Query<>(request, typed))) {
                case Answer.Done(var answer) -> written(Ending.DONE, answer);
                case Answer.Refused(var refusal) -> refused(refusal);
            };
        } catch (JacksonException e) {
            // What it says names our classes.
            LOG.atWarn().addKeyValue("event_id", request.id()).log("data of {}: {}", request.type(), e.getMessage());
            return refused(new Refusal("invalid-data", "data: does not fit " + request.type()));
        } catch (RuntimeException thrown) {
            if (Faults.of(thrown) != Faults.DEFECT) {
                throw thrown;
            }
            LOG.atError().addKeyValue("event_id", request.id()).setCause(thrown).log("{} threw", request.type());
            return written(Ending.FAILED, new Refusal("internal", "the query could not be answered"));
        }
    }

    private String refused(Refusal refusal) {
        return written(Ending.REFUSED, refusal);
    }

    private String written(Ending ending, Object data) {
        return json.writeValueAsString(
                json.createObjectNode().put("outcome", ending.wireName()).set("data", json.valueToTree(data)));
    }
}
