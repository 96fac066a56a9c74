package dev.rookery.gateway.transport;

import dev.rookery.gateway.admission.Admission;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/// What the player port counts: attempts that came to nothing before there were frames, and sockets that wait. No
/// label ever names an address.
public final class EdgeMeters {

    private final MeterRegistry registry;

    public EdgeMeters(MeterRegistry registry, Admission admission) {
        this.registry = registry;
        registry.gauge(
                "rookery.gateway.active_connections", Tags.of("state", "waiting"), admission, Admission::waiting);
        registry.gauge("rookery.gateway.active_connections", Tags.of("state", "upgraded"), admission, Admission::open);
    }

    void attempted(Outcome outcome, String errorType) {
        registry.counter("rookery.gateway.connection.attempts", "outcome", outcome.value(), "error.type", errorType)
                .increment();
    }

    /// How an attempt ends before there are frames.
    enum Outcome {
        FULL("refused-full"),
        RATE("refused-rate"),
        ORIGIN("refused-origin"),
        BAD_REQUEST("bad-request"),
        REQUEST_LATE("request-late"),
        PROXY("bad-proxy-header"),
        TLS("tls-failed");

        private final String value;

        Outcome(String value) {
            this.value = value;
        }

        String value() {
            return value;
        }
    }
}
