package dev.rookery.knative.load.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes the frames that a client sends.
public final class ClientFrames {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ClientFrames() {}

    /// @param resume what the client last saw; null when it saw nothing
    public static String hello(String token, @Nullable Position resume) {
        var frame = frame("hello").put("token", token);
        if (resume != null) {
            frame.putObject("resume").put("epoch", resume.epoch()).put("seq", resume.seq());
        }
        frame.putObject("client").put("name", "rookery-load").put("version", "1");
        return frame.toString();
    }

    public static String command(String id, String type, JsonNode data) {
        return asked("command", id, type, data);
    }

    public static String query(String id, String type, JsonNode data) {
        return asked("query", id, type, data);
    }

    /// @param since what the client last saw of the room's stream; null when it saw nothing
    public static String join(String id, String room, @Nullable Position since) {
        var frame = frame("join").put("id", id).put("room", room);
        if (since != null) {
            frame.putObject("since").put("epoch", since.epoch()).put("seq", since.seq());
        }
        return frame.toString();
    }

    private static String asked(String op, String id, String type, JsonNode data) {
        return frame(op).put("id", id).put("type", type).set("data", data).toString();
    }

    private static ObjectNode frame(String op) {
        return JSON.createObjectNode().put("op", op);
    }
}
