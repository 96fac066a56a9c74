package dev.rookery.eventing.delivery.emission;

import dev.rookery.eventing.cloudevents.EventRecords;
import dev.rookery.eventing.cloudevents.FactEvents;
import dev.rookery.eventing.cloudevents.TraceHeaders;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.contract.Sending;
import dev.rookery.eventing.contract.Topics;
import dev.rookery.eventing.stream.PlayerStreams;
import io.lettuce.core.RedisException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/// Tells the world an outcome that is committed. Whatever is told twice is dropped by its receiver: the player's
/// stream knows the event's id, functions know the fact's. So a delivery whose emission failed is simply
/// delivered again.
///
/// Blocks the calling thread until all is told, within the bound; safe for use by many threads.
public final class Emission {

    private final PlayerStreams streams;
    private final Producer<String, byte[]> producer;
    private final Tracer tracer;
    private final String function;
    private final Duration bound;

    /// @param function whose facts these are
    /// @param bound    how long telling may take, all in all
    public Emission(
            PlayerStreams streams, Producer<String, byte[]> producer, Tracer tracer, String function, Duration bound) {
        this.streams = streams;
        this.producer = producer;
        this.tracer = tracer;
        this.function = function;
        this.bound = bound;
    }

    /// Appends the outcome to the player's stream and puts its facts on the function's topic.
    ///
    /// @throws EmissionFailedException when not all of it is known to be told
    public void emit(Request request, Outcome.Recorded outcome) {
        publishing(trace -> {
            var told = new ArrayList<CompletableFuture<?>>();
            told.add(streams.append(request.player(), request.id(), outcome, request.sending(), trace.traceparent())
                    .toCompletableFuture());
            for (var fact : outcome.facts()) {
                told.add(send(fact, trace));
            }
            return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new));
        });
    }

    /// Tells the asking session that its request had no effect.
    ///
    /// @throws EmissionFailedException when it is not known to be told
    public void reject(Request request, Sending sending, String code, String message) {
        publishing(
                trace -> streams.reject(request.player(), sending, request.id(), code, message, trace.traceparent()));
    }

    /// Answers a query.
    ///
    /// @param answer JSON object: `outcome`, `data`
    /// @throws EmissionFailedException when it is not known to be told
    public void answer(Request request, Sending sending, String answer) {
        publishing(trace ->
                streams.answer(request.player(), sending.session(), request.id(), answer, trace.traceparent()));
    }

    private CompletableFuture<?> send(Outcome.RecordedFact fact, TraceHeaders trace) {
        var sent = new CompletableFuture<Void>();
        var record = EventRecords.write(Topics.facts(function), FactEvents.write(function, fact, trace));
        producer.send(record, (metadata, error) -> {
            if (error == null) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(error);
            }
        });
        return sent;
    }

    private void publishing(Telling telling) {
        var span = tracer.spanBuilder("publish").setSpanKind(SpanKind.CLIENT).startSpan();
        try {
            telling.tell(traceOf(span)).toCompletableFuture().get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new EmissionFailedException(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | RedisException | KafkaException e) {
            throw new EmissionFailedException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmissionFailedException(e);
        } finally {
            span.end();
        }
    }

    private static TraceHeaders traceOf(Span span) {
        var context = span.getSpanContext();
        if (!context.isValid()) {
            return TraceHeaders.NONE;
        }
        return new TraceHeaders(
                "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                        + context.getTraceFlags().asHex(),
                null);
    }

    private interface Telling {
        CompletionStage<?> tell(TraceHeaders trace);
    }
}
