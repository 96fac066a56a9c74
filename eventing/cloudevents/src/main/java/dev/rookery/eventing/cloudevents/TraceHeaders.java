package dev.rookery.eventing.cloudevents;

import org.jspecify.annotations.Nullable;

/// The W3C trace context that travels with an event.
///
/// @param traceparent version, trace, span and flags; null when nothing is traced
/// @param tracestate  what vendors add; null when there is none
public record TraceHeaders(
        @Nullable String traceparent, @Nullable String tracestate) {

    /// Names of both the Kafka headers and the CloudEvents extensions.
    public static final String TRACEPARENT = "traceparent";

    public static final String TRACESTATE = "tracestate";

    public static final TraceHeaders NONE = new TraceHeaders(null, null);
}
