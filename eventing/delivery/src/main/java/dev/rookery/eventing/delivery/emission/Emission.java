package dev.rookery.eventing.delivery.emission;

import dev.rookery.eventing.cloudevents.EventRecords;
import dev.rookery.eventing.cloudevents.FactEvents;
import dev.rookery.eventing.cloudevents.TraceHeaders;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Lsn;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.contract.Sending;
import dev.rookery.eventing.contract.Topics;
import dev.rookery.eventing.stream.PlayerStreams;
import dev.rookery.eventing.stream.RoomStreams;
import io.lettuce.core.RedisException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Tells the world an outcome that is committed. Whatever is told twice is dropped by its receiver: the player's
/// stream knows the event's id, functions know the fact's. So a delivery whose emission failed is simply
/// delivered again.
///
/// In steps, each of which begins when the one before is confirmed: who is let into a room can join when its event
/// is heard, and a player who has the answer to a command finds done what it was to do.
///
/// Blocks the calling thread until all is told, within the bound; safe for use by many threads.
public final class Emission {

    private final PlayerStreams streams;
    private final Pushes pushes;
    private final Producer<String, byte[]> producer;
    private final Tracer tracer;
    private final String function;
    private final Set<String> significant;
    private final Duration bound;
    private final Supplier<Optional<Lsn>> logEnd;

    /// @param function    whose facts these are
    /// @param significant types of facts that are told on [Topics#SIGNIFICANT] too
    /// @param bound       how long Redis and Kafka may take to confirm all that is told
    /// @param logEnd      asked once an outcome, after its commit: a place in the database's log behind that; empty
    ///                    when nobody needs to know
    public Emission(
            PlayerStreams streams,
            RoomStreams rooms,
            Producer<String, byte[]> producer,
            Tracer tracer,
            String function,
            Set<EventType> significant,
            Duration bound,
            Supplier<Optional<Lsn>> logEnd) {
        this.streams = streams;
        this.pushes = new Pushes(streams, rooms);
        this.producer = producer;
        this.tracer = tracer;
        this.function = function;
        this.significant = significant.stream().map(EventType::value).collect(Collectors.toUnmodifiableSet());
        this.bound = bound;
        this.logEnd = logEnd;
    }

    /// Changes who may join rooms, appends the pushes in their order, then the outcome to the player's stream, and
    /// puts its facts on the function's topic.
    ///
    /// @throws EmissionFailedException when not all of it is known to be told
    public void emit(Request request, Outcome.Recorded outcome) {
        var lsn = logEnd.get().orElse(null);
        publishing(trace -> {
            var steps = new ArrayList<Step>();
            if (!outcome.pushes().isEmpty() || !outcome.roomChanges().isEmpty()) {
                var othersAreTold = othersAreTold(request, outcome);
                steps.add(() -> unless(othersAreTold, () -> pushes.tell(outcome.roomChanges(), outcome.earlier())));
                for (var push : outcome.pushes()) {
                    steps.add(() -> unless(
                            othersAreTold, () -> pushes.tell(push, trace.traceparent(), lsn, outcome.earlier())));
                }
            }
            steps.add(() -> answerAndFacts(request, outcome, trace, lsn));
            return steps;
        });
    }

    /// Tells the asking session that its request had no effect.
    ///
    /// @throws EmissionFailedException when it is not known to be told
    public void reject(Request request, Sending sending, String code, String message) {
        publishing(trace -> List.of(
                () -> streams.reject(request.player(), sending, request.id(), code, message, trace.traceparent())));
    }

    /// Answers a query.
    ///
    /// @param answer JSON object: `outcome`, `data`
    /// @throws EmissionFailedException when it is not known to be told
    public void answer(Request request, Sending sending, String answer) {
        publishing(trace -> List.of(
                () -> streams.answer(request.player(), sending.session(), request.id(), answer, trace.traceparent())));
    }

    /// The answer is told last, so where it is found everybody was told: a player who sends one command again and
    /// again makes a thousand streams no work, and what has become of a grant since is left alone.
    private CompletionStage<Boolean> othersAreTold(Request request, Outcome.Recorded outcome) {
        return outcome.earlier()
                ? streams.has(request.player(), outcome.eventId())
                : CompletableFuture.completedFuture(false);
    }

    private static CompletionStage<?> unless(CompletionStage<Boolean> isTold, Step step) {
        return isTold.thenCompose(told -> told ? CompletableFuture.completedFuture(null) : step.begin());
    }

    private CompletionStage<?> answerAndFacts(
            Request request, Outcome.Recorded outcome, TraceHeaders trace, @Nullable Lsn lsn) {
        var told = new ArrayList<CompletableFuture<?>>();
        told.add(streams.append(request.player(), request.id(), outcome, request.sending(), trace.traceparent(), lsn)
                .toCompletableFuture());
        for (var fact : outcome.facts()) {
            told.add(send(Topics.facts(function), fact, trace));
            if (significant.contains(fact.type())) {
                told.add(send(Topics.SIGNIFICANT, fact, trace));
            }
        }
        return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<?> send(String topic, Outcome.RecordedFact fact, TraceHeaders trace) {
        var sent = new CompletableFuture<Void>();
        var record = EventRecords.write(topic, FactEvents.write(function, fact, trace));
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
            long deadline = System.nanoTime() + bound.toNanos();
            for (var step : telling.steps(traceOf(span))) {
                step.begin().toCompletableFuture().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
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
        List<Step> steps(TraceHeaders trace);
    }

    private interface Step {
        CompletionStage<?> begin();
    }
}
