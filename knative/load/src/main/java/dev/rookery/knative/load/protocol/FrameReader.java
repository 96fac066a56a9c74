package dev.rookery.knative.load.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/// Reads a text message of the server. Fields that are not known are ignored, as the protocol says; so are frames
/// of which nothing depends here.
public final class FrameReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private FrameReader() {}

    /// @throws BadFrameException when it is none
    public static ServerFrame read(String text) throws BadFrameException {
        try {
            var frame = JSON.readTree(text);
            if (!frame.isObject()) {
                throw new BadFrameException("frame: " + frame.getNodeType() + " (expected: a JSON object)");
            }
            return frame(frame);
        } catch (JacksonException e) {
            throw new BadFrameException("not JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw new BadFrameException(String.valueOf(e.getMessage()));
        }
    }

    private static ServerFrame frame(JsonNode frame) {
        var op = text(frame, "op");
        return switch (op) {
            case "welcome" -> welcome(frame);
            case "accepted" -> new ServerFrame.Accepted(text(frame, "id"));
            // A room's stream has numbers of its own.
            case "event" -> frame.has("room") ? new ServerFrame.Other(op) : event(frame);
            case "answer" -> new Answer(text(frame, "re"), outcome(text(frame, "outcome")), data(frame));
            case "error" -> error(frame);
            case "drain" -> new ServerFrame.Drain(Duration.ofMillis(number(frame, "reconnectInMillis")));
            default -> new ServerFrame.Other(op);
        };
    }

    private static Welcome welcome(JsonNode frame) {
        return new Welcome(
                text(frame, "player"),
                text(frame, "session"),
                new Position(text(frame, "epoch"), number(frame, "seq")),
                flag(frame, "resumed"),
                Duration.ofMillis(number(frame, "heartbeatMillis")),
                Math.toIntExact(number(frame.path("limits"), "pending")));
    }

    private static Event event(JsonNode frame) {
        var outcome = textOrNone(frame, "outcome");
        return new Event(
                number(frame, "seq"),
                text(frame, "id"),
                text(frame, "type"),
                textOrNone(frame, "re"),
                outcome == null ? null : outcome(outcome),
                frame.has("repeat") && flag(frame, "repeat"),
                data(frame));
    }

    private static ServerFrame.Rejected error(JsonNode frame) {
        return new ServerFrame.Rejected(
                textOrNone(frame, "re"),
                text(frame, "code"),
                text(frame, "message"),
                flag(frame, "retryable"),
                frame.has("retryAfterMillis") ? Duration.ofMillis(number(frame, "retryAfterMillis")) : null);
    }

    private static Outcome outcome(String name) {
        return switch (name) {
            case "done" -> Outcome.DONE;
            case "refused" -> Outcome.REFUSED;
            case "failed" -> Outcome.FAILED;
            default -> throw new IllegalArgumentException("outcome: " + name + " (expected: done, refused or failed)");
        };
    }

    private static JsonNode data(JsonNode frame) {
        var data = frame.get("data");
        return data == null ? NullNode.getInstance() : data;
    }

    private static String text(JsonNode frame, String field) {
        var value = textOrNone(frame, field);
        if (value == null) {
            throw new IllegalArgumentException(field + ": none (expected: a string)");
        }
        return value;
    }

    private static @Nullable String textOrNone(JsonNode frame, String field) {
        var value = frame.get(field);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw new IllegalArgumentException(field + ": " + value.getNodeType() + " (expected: a string)");
        }
        return value.stringValue();
    }

    private static long number(JsonNode frame, String field) {
        var value = frame.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(field + ": " + value.getNodeType() + " (expected: a whole number)");
        }
        return value.longValue();
    }

    private static boolean flag(JsonNode frame, String field) {
        var value = frame.path(field);
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(field + ": " + value.getNodeType() + " (expected: true or false)");
        }
        return value.booleanValue();
    }
}
