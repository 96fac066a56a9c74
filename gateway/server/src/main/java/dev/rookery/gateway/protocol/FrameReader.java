package dev.rookery.gateway.protocol;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.contract.RoomId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a text message as a frame. Fields that are not known are ignored, as the protocol says; a field given
/// twice is refused, because two readers might take different ones.
public final class FrameReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private FrameReader() {}

    /// @throws BadFrameException when it is none; the message says what was expected
    public static ClientFrame read(String text) throws BadFrameException {
        return frame(object(text));
    }

    static JsonNode object(String text) throws BadFrameException {
        JsonNode frame;
        try {
            frame = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new BadFrameException(null, "not JSON: " + e.getOriginalMessage());
        }
        if (!frame.isObject()) {
            throw new BadFrameException(null, "frame: " + frame.getNodeType() + " (expected: a JSON object)");
        }
        return frame;
    }

    static ClientFrame frame(JsonNode frame) throws BadFrameException {
        var op = text(frame, "op");
        return switch (op) {
            case "hello" -> new ClientFrame.Hello(text(frame, "token"), position(frame.get("resume")));
            case "command" -> new ClientFrame.Command(id(frame), type(frame), data(frame));
            case "query" -> new ClientFrame.Query(id(frame), type(frame), data(frame));
            case "join" -> new ClientFrame.Join(id(frame), room(frame), position(frame.get("since")));
            case "leave" -> new ClientFrame.Leave(id(frame), room(frame));
            case "cast" -> new ClientFrame.Cast(room(frame), data(frame));
            case "ping" -> new ClientFrame.Ping(frame.get("at"));
            case "refresh" -> new ClientFrame.Refresh(text(frame, "token"));
            case "ack" -> new ClientFrame.Ack(number(frame, "seq"));
            default ->
                throw bad(
                        frame,
                        "op: " + shown(op)
                                + " (expected: hello, command, query, join, leave, cast, ping, refresh or ack)");
        };
    }

    private static String id(JsonNode frame) throws BadFrameException {
        var id = text(frame, "id");
        if (!Request.isValidId(id)) {
            throw bad(frame, "id: " + shown(id) + " (expected: 1 to 64 characters of A-Z a-z 0-9 . _ : -)");
        }
        return id;
    }

    private static EventType type(JsonNode frame) throws BadFrameException {
        try {
            return new EventType(text(frame, "type"));
        } catch (IllegalArgumentException e) {
            throw bad(frame, "type: " + shown(text(frame, "type")) + " (expected: function.name in lower case)");
        }
    }

    private static RoomId room(JsonNode frame) throws BadFrameException {
        try {
            return new RoomId(text(frame, "room"));
        } catch (IllegalArgumentException e) {
            throw bad(frame, String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode data(JsonNode frame) throws BadFrameException {
        var data = frame.get("data");
        if (data == null) {
            throw bad(frame, "data: none (expected: what the type's schema says)");
        }
        return data;
    }

    /// A position that cannot be one is a position that the stream never had: the client is told `resumed:
    /// false`.
    private static @Nullable Position position(@Nullable JsonNode position) {
        if (position == null) {
            return null;
        }
        try {
            return new Position(
                    position.path("epoch").asString(""), position.path("seq").asLong(-1));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String text(JsonNode frame, String field) throws BadFrameException {
        var value = frame.get(field);
        if (value == null || !value.isString()) {
            throw bad(frame, field + ": " + (value == null ? "none" : value.getNodeType()) + " (expected: a string)");
        }
        return value.stringValue();
    }

    private static long number(JsonNode frame, String field) throws BadFrameException {
        var value = frame.get(field);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw bad(frame, field + ": " + (value == null ? "none" : value.getNodeType()) + " (expected: a number)");
        }
        return value.longValue();
    }

    private static BadFrameException bad(JsonNode frame, String message) {
        var id = frame.path("id").asString("");
        return new BadFrameException(Request.isValidId(id) ? id : null, message);
    }

    private static String shown(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
