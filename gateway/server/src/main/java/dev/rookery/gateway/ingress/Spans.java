package dev.rookery.gateway.ingress;

import dev.rookery.eventing.cloudevents.TraceHeaders;
import dev.rookery.eventing.contract.EventType;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The gateway's part of a trace: `receive frame`, `send <topic>` below it, and, when the answer comes back in
/// the context of whoever sent it, `deliver`.
public final class Spans {

    private static final TextMapGetter<Map<String, String>> GETTER = new HeaderGetter();

    private final OpenTelemetry telemetry;
    private final Tracer tracer;

    public Spans(OpenTelemetry telemetry) {
        this.telemetry = telemetry;
        this.tracer = telemetry.getTracer("dev.rookery.gateway");
    }

    /// Begins a trace: one for each of the client's messages.
    public Span receiveFrame(EventType type, String id) {
        return tracer.spanBuilder("receive frame")
                .setNoParent()
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("cloudevents.event_type", type.value())
                .setAttribute("cloudevents.event_id", id)
                .startSpan();
    }

    Span send(String topic, Span frame) {
        return tracer.spanBuilder("send " + topic)
                .setParent(Context.root().with(frame))
                .setSpanKind(SpanKind.PRODUCER)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "send")
                .setAttribute("messaging.destination.name", topic)
                .startSpan();
    }

    /// Hands to the player what somebody published.
    public Span deliver(@Nullable String traceparent) {
        var sender = telemetry
                .getPropagators()
                .getTextMapPropagator()
                .extract(
                        Context.root(),
                        traceparent == null ? Map.of() : Map.of(TraceHeaders.TRACEPARENT, traceparent),
                        GETTER);
        return tracer.spanBuilder("deliver")
                .setParent(sender)
                .setSpanKind(SpanKind.CONSUMER)
                .startSpan();
    }

    static TraceHeaders headers(Span span) {
        var context = span.getSpanContext();
        if (!context.isValid()) {
            return TraceHeaders.NONE;
        }
        var parent = "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                + context.getTraceFlags().asHex();
        return new TraceHeaders(parent, null);
    }

    private static final class HeaderGetter implements TextMapGetter<Map<String, String>> {

        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return List.copyOf(headers.keySet());
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    }
}
