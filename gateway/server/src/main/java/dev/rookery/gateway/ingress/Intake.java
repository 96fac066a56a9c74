package dev.rookery.gateway.ingress;

import dev.rookery.eventing.catalog.DataSchema;
import dev.rookery.eventing.contract.Catalog;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Lane;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Request;
import dev.rookery.gateway.protocol.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Refuses at the edge what no function could take: types that nobody lists, data that is too large or does not
/// fit its schema. Safe for use by many threads.
public final class Intake {

    private final Catalog catalog;
    private final Map<EventType, DataSchema> schemas;

    public Intake(Catalog catalog) {
        this.catalog = catalog;
        this.schemas = catalog.entries().values().stream()
                .collect(Collectors.toUnmodifiableMap(Catalog.Entry::type, DataSchema::of));
    }

    public Catalog catalog() {
        return catalog;
    }

    /// @param lane on which the frame came
    public Checked check(PlayerId player, EventType type, Lane lane, JsonNode data) {
        var entry = catalog.entries().get(type);
        var schema = schemas.get(type);
        if (entry == null || schema == null || entry.lane() != lane) {
            return new Checked.Refused(
                    ErrorCode.UNKNOWN_TYPE, "type: " + type + " (expected: a " + lane.wireName() + " that is listed)");
        }
        var json = data.toString();
        int bytes = json.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > entry.maxDataBytes()) {
            return new Checked.Refused(
                    ErrorCode.TOO_LARGE, "data: " + bytes + " bytes (expected: at most " + entry.maxDataBytes() + ")");
        }
        var complaint = schema.check(data);
        if (complaint.isPresent()) {
            return new Checked.Refused(ErrorCode.INVALID_DATA, complaint.get().toString());
        }
        return fitting(player, entry, data, json);
    }

    private static Checked fitting(PlayerId player, Catalog.Entry entry, JsonNode data, String json) {
        return switch (entry.key()) {
            case Catalog.KeyRule.Player() -> new Checked.Fitting(entry.topic(), player.value(), json);
            case Catalog.KeyRule.Pointer(var pointer) -> {
                var key = data.at(pointer);
                if (!key.isString() || !Request.isValidKey(key.stringValue())) {
                    yield new Checked.Refused(
                            ErrorCode.INVALID_DATA,
                            pointer + ": no key (expected: a string of 1 to 256 printable ASCII characters)");
                }
                yield new Checked.Fitting(entry.topic(), key.stringValue(), json);
            }
        };
    }

    /// What the check of one frame found.
    public sealed interface Checked {

        /// @param key  what is kept in order
        /// @param data JSON
        record Fitting(String topic, String key, String data) implements Checked {}

        record Refused(ErrorCode code, String message) implements Checked {}
    }
}
