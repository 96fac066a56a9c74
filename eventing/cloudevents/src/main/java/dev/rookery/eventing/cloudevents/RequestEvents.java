package dev.rookery.eventing.cloudevents;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Lsn;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.contract.Sending;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// A [Request] and its data as a CloudEvent, and back.
///
/// | request | CloudEvent |
/// |---|---|
/// | id | `id` |
/// | player | `source`: `/players/{player}` |
/// | type | `type` |
/// | key | `subject`, and the extension `partitionkey` |
/// | time | `time` |
/// | sending | extensions `session`, `sequence`, `position` (`epoch/seq`) |
/// | seen | extension `lsn`, 16 hex digits |
/// | data | `data`, `datacontenttype: application/json` |
///
/// The trace context goes along in the extensions `traceparent` and `tracestate`.
public final class RequestEvents {

    static final String PARTITION_KEY = "partitionkey";
    static final String JSON = "application/json";

    private static final String ERROR_CODE = "knativeerrorcode";
    private static final String SESSION = "session";
    private static final String SEQUENCE = "sequence";
    private static final String POSITION = "position";
    private static final String LSN = "lsn";

    private RequestEvents() {}

    /// @param data JSON in UTF-8
    public static CloudEvent write(Request request, byte[] data, TraceHeaders trace) {
        var event = CloudEventBuilder.v1()
                .withId(request.id())
                .withSource(URI.create(request.player().source()))
                .withType(request.type().value())
                .withSubject(request.key())
                .withTime(request.time().atOffset(ZoneOffset.UTC))
                .withExtension(PARTITION_KEY, request.key())
                .withData(JSON, data);
        withTrace(event, trace);
        var sending = request.sending();
        if (sending != null) {
            event.withExtension(SESSION, sending.session())
                    .withExtension(SEQUENCE, Long.toString(sending.sequence()))
                    .withExtension(POSITION, sending.position().toString());
        }
        var seen = request.seen();
        if (seen != null) {
            event.withExtension(LSN, seen.toString());
        }
        return event.build();
    }

    /// Reads an event of any producer: without a subject the key is the player, without a time it is `now`.
    ///
    /// @throws IllegalArgumentException when it is no player's request; the message names the attribute
    public static Request read(CloudEvent event, Instant now) {
        var player = PlayerId.fromSource(event.getSource().toString());
        var time = event.getTime();
        var subject = event.getSubject();
        return new Request(
                player,
                event.getId(),
                new EventType(event.getType()),
                subject == null ? player.value() : subject,
                time == null ? now : time.toInstant(),
                sending(event),
                seen(event));
    }

    /// Whether it is a dead letter: a dispatcher that gives an event up says why in Knative's extensions.
    public static boolean isGivenUp(CloudEvent event) {
        return event.getExtension(ERROR_CODE) != null;
    }

    /// The trace context in an event's extensions.
    public static TraceHeaders trace(CloudEvent event) {
        return new TraceHeaders(extension(event, TraceHeaders.TRACEPARENT), extension(event, TraceHeaders.TRACESTATE));
    }

    static void withTrace(CloudEventBuilder event, TraceHeaders trace) {
        if (trace.traceparent() != null) {
            event.withExtension(TraceHeaders.TRACEPARENT, trace.traceparent());
        }
        if (trace.tracestate() != null) {
            event.withExtension(TraceHeaders.TRACESTATE, trace.tracestate());
        }
    }

    /// All three or none: a foreign producer may use one of the names for something else.
    private static @Nullable Sending sending(CloudEvent event) {
        var session = extension(event, SESSION);
        var sequence = extension(event, SEQUENCE);
        var position = extension(event, POSITION);
        if (session == null || sequence == null || position == null) {
            return null;
        }
        try {
            return new Sending(session, Long.parseLong(sequence), Position.parse(position));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("sequence: " + sequence + " (expected: a whole number)", e);
        }
    }

    private static @Nullable Lsn seen(CloudEvent event) {
        var lsn = extension(event, LSN);
        return lsn == null ? null : Lsn.parse(lsn);
    }

    static @Nullable String extension(CloudEvent event, String name) {
        var value = event.getExtension(name);
        return value == null ? null : value.toString();
    }
}
