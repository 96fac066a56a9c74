package dev.rookery.gateway.protocol;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes the frames that clients are sent. Events and answers are put around the JSON that a function wrote,
/// which is never parsed here: what was recorded is what the player gets, to the byte.
public final class ServerFrames {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ServerFrames() {}

    /// @param position the position from which later events follow
    public static String welcome(
            PlayerId player, String session, Position position, boolean resumed, Duration heartbeat, Limits limits) {
        var frame = frame("welcome")
                .put("player", player.value())
                .put("session", session)
                .put("epoch", position.epoch())
                .put("seq", position.seq())
                .put("resumed", resumed)
                .put("heartbeatMillis", heartbeat.toMillis());
        frame.set("limits", JSON.valueToTree(limits));
        return frame.toString();
    }

    public static String accepted(String id) {
        return frame("accepted").put("id", id).toString();
    }

    /// @param event JSON object
    public static String event(long seq, String event) {
        return "{\"op\":\"event\",\"seq\":" + seq + "," + fields(event);
    }

    /// An event given again because its command was sent again.
    public static String repeat(long seq, String event) {
        return "{\"op\":\"event\",\"seq\":" + seq + ",\"repeat\":true," + fields(event);
    }

    /// @param answer JSON object: `outcome`, `data`
    public static String answer(String re, String answer) {
        return "{\"op\":\"answer\",\"re\":" + JSON.writeValueAsString(re) + "," + fields(answer);
    }

    /// @param re            the frame's id; null when it cannot be told
    /// @param retryAfter    when to send again; null when sending again is no use, or may be done at once
    public static String error(@Nullable String re, ErrorCode code, String message, @Nullable Duration retryAfter) {
        return error(re, code.wireName(), message, code.isRetryable(), retryAfter);
    }

    /// An error that a function found.
    public static String rejected(String re, String code, String message) {
        return error(re, code, message, false, null);
    }

    public static String pong(@Nullable JsonNode at) {
        var frame = frame("pong");
        if (at != null) {
            frame.set("at", at);
        }
        return frame.toString();
    }

    private static String error(
            @Nullable String re, String code, String message, boolean retryable, @Nullable Duration retryAfter) {
        var frame = frame("error");
        if (re != null) {
            frame.put("re", re);
        }
        frame.put("code", code).put("message", message).put("retryable", retryable);
        if (retryAfter != null) {
            frame.put("retryAfterMillis", retryAfter.toMillis());
        }
        return frame.toString();
    }

    private static ObjectNode frame(String op) {
        return JSON.createObjectNode().put("op", op);
    }

    /// What is left of an object after its brace, which ends the frame too.
    private static String fields(String object) {
        return object.substring(object.indexOf('{') + 1);
    }

    /// What a client may do.
    ///
    /// @param frameBytes        a text message's size at most
    /// @param commandsPerSecond on average
    /// @param pending           commands that are neither answered nor refused, and queries that are not answered
    /// @param rooms             that one session may be in
    public record Limits(int frameBytes, int commandsPerSecond, int pending, int rooms) {}
}
