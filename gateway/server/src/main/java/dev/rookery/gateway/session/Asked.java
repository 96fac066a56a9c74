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

    private final Asker asker;
    private final String id;
    private final EventType type;
    private final Intake.Checked.Fitting fitting;
    private final Span span;
    private final long receivedNanos = System.nanoTime();

    Asked(Asker asker, String id, EventType type, Intake.Checked.Fitting fitting, Span span) {
        this.asker = asker;
        this.id = id;
        this.type = type;
        this.fitting = fitting;
        this.span = span;
    }

    Asker asker() {
        return asker;
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
        asker.write(ServerFrames.accepted(id));
        asker.meters().accepted(type);
        span.end();
    }

    /// It is answered, by whatever way.
    void answered() {
        asker.meters().replied(type, "answered", System.nanoTime() - receivedNanos);
    }

    void failed(ErrorCode code, String message, @Nullable Duration retryAfter) {
        asker.write(ServerFrames.error(id, code, message, retryAfter));
        asker.meters().replied(type, code.wireName(), System.nanoTime() - receivedNanos);
        span.end();
    }
}
