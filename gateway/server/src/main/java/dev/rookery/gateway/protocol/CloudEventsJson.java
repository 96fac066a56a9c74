package dev.rookery.gateway.protocol;

import dev.rookery.eventing.contract.Catalog;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Lane;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The same frames as CloudEvents 1.0 in structured JSON, one a message (CloudEvents WebSockets protocol binding).
///
/// What a client sends has the `type` that it asks for, a command or a query as the catalog says; the other frames
/// are `rookery.<op>`, with the frame's fields as `data`. What it is sent has as `subject` the id that it answers;
/// events keep their own `id`, `type` and `time`, and carry `seq`, `epoch`, `outcome`, `room` and `repeat` as
/// extensions, in CloudEvents' types (`seq` is a string: it outgrows their integers).
public final class CloudEventsJson implements Dialect {

    private static final int MAX_DEPTH = 2_000;
    private static final int MAX_NUMBER_CHARACTERS = 10_000;
    /// Reads back whatever the frames' own reader took, and a level deeper; numbers stay what they are.
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_CHARACTERS)
                            .build())
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String SPEC_VERSION = "1.0";
    private static final String OURS = "rookery";
    private static final String SOURCE = "/gateway";

    private final Catalog catalog;

    /// @param catalog tells commands from queries
    public CloudEventsJson(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public String subprotocol() {
        return "cloudevents.json";
    }

    /// The event is made the frame that it stands for, and is read as that.
    @Override
    public ClientFrame read(String text) throws BadFrameException {
        var event = FrameReader.object(text);
        var id = attribute(event, "id", null);
        var version = attribute(event, "specversion", id);
        if (!version.equals(SPEC_VERSION)) {
            throw bad(id, "specversion: " + version + " (expected: " + SPEC_VERSION + ")");
        }
        attribute(event, "source", id);
        var type = attribute(event, "type", id);
        var data = event.get("data");
        return FrameReader.frame(type.startsWith(OURS + ".") ? ours(id, type, data) : asked(id, type, data));
    }

    @Override
    public String write(String frame) {
        var fields = (ObjectNode) JSON.readTree(frame);
        var op = fields.remove("op").stringValue();
        var event = JSON.createObjectNode().put("specversion", SPEC_VERSION);
        return (op.equals("event") ? event(event, fields) : frame(event, op, fields)).toString();
    }

    @Override
    public boolean isNative() {
        return false;
    }

    private JsonNode asked(String id, String type, @Nullable JsonNode data) {
        var frame = JSON.createObjectNode()
                .put("op", isQuery(type) ? "query" : "command")
                .put("id", id)
                .put("type", type);
        if (data != null) {
            frame.set("data", data);
        }
        return frame;
    }

    private boolean isQuery(String type) {
        try {
            return catalog.find(new EventType(type))
                    .filter(entry -> entry.lane() == Lane.QUERY)
                    .isPresent();
        } catch (IllegalArgumentException e) {
            // Whoever reads the frame says what is wrong with it.
            return false;
        }
    }

    private static JsonNode ours(String id, String type, @Nullable JsonNode data) throws BadFrameException {
        var frame = JSON.createObjectNode();
        if (data instanceof ObjectNode fields) {
            frame.setAll(fields);
        } else if (data != null && !data.isNull()) {
            throw bad(id, "data: " + data.getNodeType() + " (expected: a JSON object)");
        }
        return frame.put("op", type.substring(OURS.length() + 1)).put("id", id);
    }

    private static ObjectNode event(ObjectNode event, ObjectNode fields) {
        var type = fields.path("type").asString("");
        event.set("id", fields.remove("id"));
        event.put("source", "/functions/" + type.substring(0, Math.max(type.indexOf('.'), 0)));
        move(fields, "re", event, "subject");
        event.put("seq", fields.remove("seq").asString());
        var data = fields.remove("data");
        event.setAll(fields);
        if (data != null) {
            event.set("data", data);
        }
        return event;
    }

    private static ObjectNode frame(ObjectNode event, String op, ObjectNode fields) {
        event.put("id", UUID.randomUUID().toString()).put("source", SOURCE).put("type", OURS + "." + op);
        move(fields, op.equals("accepted") ? "id" : "re", event, "subject");
        event.set("data", fields);
        return event;
    }

    private static void move(ObjectNode from, String field, ObjectNode to, String name) {
        var value = from.remove(field);
        if (value != null) {
            to.set(name, value);
        }
    }

    private static String attribute(JsonNode event, String name, @Nullable String id) throws BadFrameException {
        var value = event.path(name).asString("");
        if (value.isEmpty()) {
            throw bad(id, name + ": none (expected: a CloudEvent in structured JSON)");
        }
        return value;
    }

    private static BadFrameException bad(@Nullable String id, String message) {
        return new BadFrameException(id, message);
    }
}
