package dev.rookery.eventing.delivery;

import dev.rookery.eventing.cloudevents.RequestEvents;
import dev.rookery.eventing.cloudevents.TraceHeaders;
import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// `POST /`: one CloudEvent in binary mode, answered with exactly 204, 400, 500 or 503, because the dispatcher
/// acts on the status alone; the reason stands in the body. A bounded number of deliveries runs at a time, each
/// on a thread of its own.
///
/// Spring Cloud Function's own web adapter is not used: it echoes request headers, fails on empty results and
/// answers 200 where a delivery was lost (see the module's README).
final class DeliveryEndpoint {

    private static final TextMapGetter<Map<String, String>> GETTER = new HeaderGetter();

    private final Deliveries deliveries;
    private final OpenTelemetry telemetry;
    private final Tracer tracer;
    private final String function;
    private final Executor threads;
    private final Semaphore places;

    DeliveryEndpoint(
            Deliveries deliveries, OpenTelemetry telemetry, Executor threads, String function, int maxConcurrent) {
        this.deliveries = deliveries;
        this.telemetry = telemetry;
        this.tracer = telemetry.getTracer("dev.rookery.eventing.delivery");
        this.threads = threads;
        this.function = function;
        this.places = new Semaphore(maxConcurrent);
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route().POST("/", this::receive).build();
    }

    private Mono<ServerResponse> receive(ServerRequest request) {
        if (!places.tryAcquire()) {
            return answer(new Verdict.Later("as many deliveries as may run are running"));
        }
        var place = new Place();
        return request.bodyToMono(byte[].class)
                .defaultIfEmpty(new byte[0])
                .doFinally(ended -> place.leaveUnbegun())
                .flatMap(body -> Mono.fromFuture(place.begin(() -> deliver(request, body)), true))
                .flatMap(DeliveryEndpoint::answer);
    }

    private Verdict deliver(ServerRequest request, byte[] body) {
        CloudEvent event;
        try {
            event = HttpMessageFactory.createReader(
                            each -> request.headers()
                                    .asHttpHeaders()
                                    .forEach((name, values) -> each.accept(name, values.getFirst())),
                            body)
                    .toEvent();
        } catch (CloudEventRWException | IllegalArgumentException e) {
            return new Verdict.Undeliverable("not a CloudEvent: " + e.getMessage());
        }
        return traced(event, trace(request, event));
    }

    private Verdict traced(CloudEvent event, Map<String, String> trace) {
        var parent = telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), trace, GETTER);
        var span = tracer.spanBuilder("invoke " + function)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("faas.name", function)
                .setAttribute("cloudevents.event_id", event.getId())
                .setAttribute("cloudevents.event_source", event.getSource().toString())
                .setAttribute("cloudevents.event_type", event.getType())
                .startSpan();
        try (var _ = span.makeCurrent()) {
            var verdict = deliveries.deliver(event);
            if (!(verdict instanceof Verdict.Delivered)) {
                span.setStatus(StatusCode.ERROR, verdict.getClass().getSimpleName());
            }
            return verdict;
        } catch (RuntimeException thrown) {
            span.recordException(thrown);
            return new Verdict.Defect(thrown.toString());
        } finally {
            span.end();
        }
    }

    /// The HTTP header is the dispatcher's own span; without it the event's extension is nearest.
    private static Map<String, String> trace(ServerRequest request, CloudEvent event) {
        var header = request.headers().firstHeader(TraceHeaders.TRACEPARENT);
        var extension = RequestEvents.trace(event).traceparent();
        var nearest = header == null ? extension : header;
        return nearest == null ? Map.of() : Map.of(TraceHeaders.TRACEPARENT, nearest);
    }

    private static Mono<ServerResponse> answer(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Delivered() -> ServerResponse.noContent().build();
            case Verdict.Undeliverable(var reason) -> answer(HttpStatus.BAD_REQUEST, reason);
            case Verdict.Later(var reason) -> answer(HttpStatus.SERVICE_UNAVAILABLE, reason);
            case Verdict.Defect(var reason) -> answer(HttpStatus.INTERNAL_SERVER_ERROR, reason);
        };
    }

    private static Mono<ServerResponse> answer(HttpStatus status, String reason) {
        return ServerResponse.status(status).contentType(MediaType.TEXT_PLAIN).bodyValue(reason);
    }

    /// One of the places, left before the answer goes out, because whoever gets it may send the next at once. A
    /// delivery that has begun keeps it until it ends and is not interrupted, also when the dispatcher has hung up:
    /// others' commands may share its transaction.
    private final class Place {

        private final AtomicBoolean isBegun = new AtomicBoolean();

        CompletableFuture<Verdict> begin(Supplier<Verdict> delivery) {
            isBegun.set(true);
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return delivery.get();
                        } finally {
                            places.release();
                        }
                    },
                    threads);
        }

        void leaveUnbegun() {
            if (!isBegun.get()) {
                places.release();
            }
        }
    }

    private static final class HeaderGetter implements TextMapGetter<Map<String, String>> {

        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    }
}
