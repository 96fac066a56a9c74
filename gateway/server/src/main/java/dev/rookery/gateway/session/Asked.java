package dev.rookery.gateway.session;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.gateway.ingress.Intake;
import dev.rookery.gateway.protocol.ErrorCode;
import dev.rookery.gateway.protocol.ServerFrames;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One command or query that a session was sent and that fits, until it is told what became of it.
final class Asked {

    private final Session session;
    private final String id;
    private final EventType type;
    private final Intake.Checked.Fitting fitting;
    private final Span span;
    private final long receivedNanos = System.nanoTime();

    Asked(Session session, String id, EventType type, Intake.Checked.Fitting fitting, Span span) {
        this.session = session;
        this.id = id;
        this.type = type;
        this.fitting = fitting;
        this.span = span;
    }

    Session session() {
        return session;
    }

    String id() {
        return id;
    }

    EventType type() {
        return type;
    }

    Intake.Checked.Fitting fitting() {
        return fitting;
    }

    Span span() {
        return span;
    }

    /// It is durable.
    void accepted() {
        session.write(ServerFrames.accepted(id));
        session.meters().accepted(type);
        span.end();
    }

    /// It is answered, by whatever way.
    void answered() {
        session.meters().replied(type, "answered", System.nanoTime() - receivedNanos);
    }

    void failed(ErrorCode code, String message, @Nullable Duration retryAfter) {
        session.write(ServerFrames.error(id, code, message, retryAfter));
        session.meters().replied(type, code.wireName(), System.nanoTime() - receivedNanos);
        span.end();
    }
}
