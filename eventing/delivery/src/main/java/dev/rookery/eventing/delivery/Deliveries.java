package dev.rookery.eventing.delivery;

import dev.rookery.eventing.cloudevents.RequestEvents;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.delivery.Handlers.Handler;
import io.cloudevents.CloudEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes one delivered event to its verdict: finds the handler of its type and hands it to the lane that it
/// belongs to. The timer's event runs the chores, and a dead letter ends the command that it is of.
///
/// Blocks the calling thread; safe for use by many. Runs within the delivery's span.
final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final Handlers handlers;
    private final CommandLane commands;
    private final QueryLane queries;
    private final Chores chores;
    private final Watchdog watchdog;
    private final InstantSource clock;
    private final MeterRegistry meters;

    Deliveries(
            Handlers handlers,
            CommandLane commands,
            QueryLane queries,
            Chores chores,
            Watchdog watchdog,
            InstantSource clock,
            MeterRegistry meters) {
        this.handlers = handlers;
        this.commands = commands;
        this.queries = queries;
        this.chores = chores;
        this.watchdog = watchdog;
        this.clock = clock;
        this.meters = meters;
    }

    Verdict deliver(CloudEvent event) {
        if (event.getType().equals(Chores.PING)) {
            return chores.run();
        }
        Request request;
        try {
            request = RequestEvents.read(event, clock.instant());
        } catch (IllegalArgumentException e) {
            if (RequestEvents.isGivenUp(event)) {
                return new Verdict.Delivered();
            }
            return new Verdict.Undeliverable("not a player's request: " + e.getMessage());
        }
        var handler = handlers.find(request.type());
        if (RequestEvents.isGivenUp(event)) {
            return handler.map(each -> giveUp(each, request, event)).orElseGet(Verdict.Delivered::new);
        }
        if (handler.isEmpty()) {
            return new Verdict.Undeliverable("type: " + request.type() + " (expected: one that the catalog lists)");
        }
        return run(handler.get(), request, event);
    }

    /// Every function reads all dead letters: those of others, and those of queries, for which nobody waits any more,
    /// need nothing.
    private Verdict giveUp(Handler handler, Request request, CloudEvent event) {
        return switch (handler) {
            case Handler.OfCommands command -> commands.giveUp(command, request, data(event), trace());
            case Handler.OfQueries _ -> new Verdict.Delivered();
        };
    }

    private Verdict run(Handler handler, Request request, CloudEvent event) {
        var started = clock.instant();
        meters.timer(
                        "rookery.queue.wait",
                        "cloudevents.event_type",
                        request.type().value())
                .record(atLeastZero(Duration.between(request.time(), started)));
        var bytes = data(event);
        var verdict = watchdog.watched(() -> switch (handler) {
            case Handler.OfCommands command -> commands.run(command, request, bytes, trace());
            case Handler.OfQueries query -> queries.run(query, request, bytes);
        });
        tell(request, verdict, started);
        return verdict;
    }

    private void tell(Request request, Verdict verdict, Instant started) {
        meters.timer(
                        "faas.invoke_duration",
                        "cloudevents.event_type",
                        request.type().value(),
                        "verdict",
                        verdict.getClass().getSimpleName())
                .record(atLeastZero(Duration.between(started, clock.instant())));
        switch (verdict) {
            case Verdict.Delivered() ->
                LOG.atDebug().addKeyValue("event_id", request.id()).log("delivered");
            case Verdict.Undeliverable(var why) ->
                LOG.atError()
                        .addKeyValue("event_id", request.id())
                        .log("{} can never be done: {}", request.type(), why);
            case Verdict.Later(var why) ->
                LOG.atWarn().addKeyValue("event_id", request.id()).log("{} has to wait: {}", request.type(), why);
            case Verdict.Defect(var why) ->
                LOG.atError().addKeyValue("event_id", request.id()).log("{} threw: {}", request.type(), why);
        }
    }

    private static byte[] data(CloudEvent event) {
        var data = event.getData();
        return data == null ? new byte[0] : data.toBytes();
    }

    /// Clocks of pods differ by a little.
    private static Duration atLeastZero(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private static String trace() {
        return Span.current().getSpanContext().getTraceId();
    }
}
