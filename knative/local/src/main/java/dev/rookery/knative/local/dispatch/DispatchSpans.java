package dev.rookery.knative.local.dispatch;

import dev.rookery.eventing.cloudevents.TraceHeaders;
import io.cloudevents.CloudEvent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// The dispatcher's part of a trace: `process <topic>` below whoever sent the record, and a `POST` below it for
/// each try. As in Knative, only a plain `traceparent` header of the record is followed.
final class DispatchSpans {

    private final OpenTelemetry telemetry;
    private final Tracer tracer;

    DispatchSpans(OpenTelemetry telemetry) {
        this.telemetry = telemetry;
        this.tracer = telemetry.getTracer("dev.rookery.knative.local");
    }

    Processing process(ConsumerRecord<?, ?> record, CloudEvent event) {
        var sender = telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), record, new Getter());
        var span = tracer.spanBuilder("process " + record.topic())
                .setParent(sender)
                .addLink(Span.fromContext(sender).getSpanContext())
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.destination.name", record.topic())
                .setAttribute("messaging.destination.partition.id", Integer.toString(record.partition()))
                .setAttribute("messaging.kafka.offset", record.offset())
                .setAttribute("cloudevents.event_id", event.getId())
                .setAttribute("cloudevents.event_type", event.getType())
                .startSpan();
        return new Processing(span);
    }

    /// One record on its way.
    final class Processing implements AutoCloseable {

        private final Span span;

        private Processing(Span span) {
            this.span = span;
        }

        /// All zeros when nothing is traced.
        String trace() {
            return span.getSpanContext().getTraceId();
        }

        Post post(URI url) {
            return new Post(tracer.spanBuilder("POST")
                    .setParent(Context.root().with(span))
                    .setSpanKind(SpanKind.CLIENT)
                    .setAttribute("http.request.method", "POST")
                    .setAttribute("url.full", url.toString())
                    .startSpan());
        }

        @Override
        public void close() {
            span.end();
        }
    }

    /// One try.
    final class Post implements AutoCloseable {

        private final Span span;

        private Post(Span span) {
            this.span = span;
        }

        /// Empty when nothing is traced.
        Map<String, String> headers() {
            var headers = new HashMap<String, String>();
            telemetry
                    .getPropagators()
                    .getTextMapPropagator()
                    .inject(Context.root().with(span), headers, (map, name, value) -> {
                        if (map != null) {
                            map.put(name, value);
                        }
                    });
            return headers;
        }

        void answered(Reply reply) {
            switch (reply) {
                case Reply.Taken() -> span.setStatus(StatusCode.OK);
                case Reply.Later(var status, var why) -> failed(status, why);
                case Reply.Refused(var status, var why) -> failed(status, why);
            }
        }

        private void failed(int status, String why) {
            if (status > 0) {
                span.setAttribute("http.response.status_code", status);
            }
            span.setStatus(StatusCode.ERROR, why);
        }

        @Override
        public void close() {
            span.end();
        }
    }

    private static final class Getter implements TextMapGetter<ConsumerRecord<?, ?>> {

        @Override
        public Iterable<String> keys(ConsumerRecord<?, ?> record) {
            return List.of(TraceHeaders.TRACEPARENT, TraceHeaders.TRACESTATE);
        }

        @Override
        public @Nullable String get(@Nullable ConsumerRecord<?, ?> record, String name) {
            var header = record == null ? null : record.headers().lastHeader(name);
            return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
        }
    }
}
