package dev.rookery.gateway.protocol;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.RoomId;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
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

    /// @param members everybody who is in the room, each once
    /// @param position of the room's stream, from which later events follow
    public static String joined(
            String re, RoomId room, Collection<PlayerId> members, Position position, boolean resumed) {
        var frame = frame("joined").put("re", re).put("room", room.value());
        frame.set("members", values(members));
        return frame.put("epoch", position.epoch())
                .put("seq", position.seq())
                .put("resumed", resumed)
                .toString();
    }

    /// @param re null when it was not the client who wanted it: its grant was revoked
    public static String left(@Nullable String re, RoomId room) {
        var frame = frame("left");
        if (re != null) {
            frame.put("re", re);
        }
        return frame.put("room", room.value()).toString();
    }

    /// @param data JSON
    public static String cast(RoomId room, PlayerId from, String data) {
        return "{\"op\":\"cast\",\"room\":\"" + room + "\",\"from\":\"" + from + "\",\"data\":" + data + "}";
    }

    /// Who came to a room and who went since the last of these.
    public static String presence(RoomId room, Collection<PlayerId> joined, Collection<PlayerId> left) {
        var frame = frame("presence").put("room", room.value());
        frame.set("joined", values(joined));
        frame.set("left", values(left));
        return frame.toString();
    }

    /// An event of a room's own stream: the same for every member.
    ///
    /// @param event JSON object
    public static String roomEvent(RoomId room, Position position, String event) {
        return "{\"op\":\"event\",\"room\":\"" + room + "\",\"epoch\":\"" + position.epoch() + "\",\"seq\":"
                + position.seq() + "," + fields(event);
    }

    /// The pod is about to go.
    ///
    /// @param reconnectIn after which the client is to connect again, elsewhere
    public static String drain(Duration reconnectIn) {
        return frame("drain").put("reconnectInMillis", reconnectIn.toMillis()).toString();
    }

    public static String pong(@Nullable JsonNode at) {
        return at == null ? "{\"op\":\"pong\"}" : "{\"op\":\"pong\",\"at\":" + at + "}";
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

    private static ArrayNode values(Collection<PlayerId> players) {
        var values = JSON.createArrayNode();
        players.forEach(player -> values.add(player.value()));
        return values;
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
