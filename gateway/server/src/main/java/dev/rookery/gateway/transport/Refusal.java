package dev.rookery.gateway.transport;

import dev.rookery.gateway.admission.Verdict;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/// Why a request came to nothing.
///
/// @param outcome   as it is counted
/// @param errorType more exactly; one of a few
record Refusal(EdgeMeters.Outcome outcome, String errorType, Answer answer) {

    static Refusal of(Verdict.Refused verdict) {
        return switch (verdict.reason()) {
            case POD_FULL ->
                new Refusal(
                        EdgeMeters.Outcome.FULL,
                        "connections",
                        later(HttpResponseStatus.SERVICE_UNAVAILABLE, "connections: as many as may be", verdict));
            case ADDRESS_FULL ->
                new Refusal(
                        EdgeMeters.Outcome.RATE,
                        "address",
                        later(
                                HttpResponseStatus.TOO_MANY_REQUESTS,
                                "connections: as many from this address as may be",
                                verdict));
            case RATE ->
                new Refusal(
                        EdgeMeters.Outcome.RATE,
                        "attempts",
                        later(
                                HttpResponseStatus.TOO_MANY_REQUESTS,
                                "attempts: more from this address than may be",
                                verdict));
        };
    }

    /// @param cause why it could not be read
    static Refusal unreadable(Throwable cause) {
        var status = switch (cause) {
            case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
            case TooLongHttpHeaderException _ -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
            default -> HttpResponseStatus.BAD_REQUEST;
        };
        return bad("http", status, "request: cannot be read (expected: HTTP/1.1)");
    }

    static Refusal bad(String errorType, HttpResponseStatus status, String text) {
        return new Refusal(EdgeMeters.Outcome.BAD_REQUEST, errorType, Answer.text(status, text));
    }

    private static Answer later(HttpResponseStatus status, String text, Verdict.Refused verdict) {
        return Answer.text(status, text).after(verdict.retryAfter());
    }
}
