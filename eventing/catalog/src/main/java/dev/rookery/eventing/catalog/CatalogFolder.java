package dev.rookery.eventing.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.eventing.contract.Catalog;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Lane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A folder of catalog files, `<function>.json`, each of which lists the types that one function owns:
///
/// ```json
/// {"function": "wallet", "types": [
///   {"type": "wallet.deposit", "lane": "command", "key": "player", "maxDataBytes": 256, "perSecond": 20, "schema":
/// {…}}]}
/// ```
///
/// `key` is `player` or a JSON pointer into the data. Beside `types` a file may list the facts of the function
/// that a regulator asks to be told of: `"significant": [{"type": "wallet.excluded", "schema": {…}}]`.
///
/// A command may tell what it says when it is done, `"done": {"wallet.deposited": {…}}`, and a query what it answers,
/// `"answer": {…}`, by JSON Schemas that may share what stands in the file's `$defs`. Clients are generated from that
/// (`gateway/client/sdk`), and functions are checked against it ([#told]); the gateway does not look at it.
///
/// A file with an unknown field, a foreign type or a schema that is none is refused whole, with the file's name: a
/// gateway with half a catalog would refuse good commands.
public final class CatalogFolder {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CatalogFolder() {}

    /// All catalog files of a folder.
    ///
    /// @throws IllegalArgumentException when the folder holds none, or one of them is wrong
    public static Catalog read(Path folder) {
        var entries = new ArrayList<Catalog.Entry>();
        var significant = new ArrayList<Catalog.SignificantFact>();
        try (var files = Files.newDirectoryStream(folder, "*.json")) {
            for (var file : files) {
                var catalog = catalog(file);
                entries.addAll(catalog.entries().values());
                significant.addAll(catalog.significant().values());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("catalog folder: " + folder + " cannot be read", e);
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("catalog folder: " + folder + " lists no type (expected: *.json files)");
        }
        return Catalog.of(entries, significant);
    }

    /// What functions tell players, by its type: what commands say when they are done, and, under the query's own type,
    /// what queries answer. For whoever checks a function.
    ///
    /// @throws IllegalArgumentException when a file is wrong, or one type is told in two ways
    public static Map<EventType, DataSchema> told(Path folder) {
        var told = new HashMap<EventType, JsonNode>();
        try (var files = Files.newDirectoryStream(folder, "*.json")) {
            for (var file : files) {
                var listing = listing(JSON.readTree(file));
                for (var type : listing.types()) {
                    check(type);
                    if (!type.answer().isNull()) {
                        put(told, typeOf(listing.function(), type.type()), type.answer(), listing.shared());
                    }
                    for (var done : type.done().properties()) {
                        put(told, typeOf(listing.function(), done.getKey()), done.getValue(), listing.shared());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("catalog folder: " + folder + " cannot be read", e);
        }
        return told.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        each -> DataSchema.of(each.getKey(), each.getValue().toString())));
    }

    private static void check(ListedType type) {
        if (!type.done().isEmpty() && lane(type.lane()) != Lane.COMMAND) {
            throw new IllegalArgumentException("done: of " + type.type() + " (expected: of a command)");
        }
        if (!type.answer().isNull() && lane(type.lane()) != Lane.QUERY) {
            throw new IllegalArgumentException("answer: of " + type.type() + " (expected: of a query)");
        }
    }

    private static void put(Map<EventType, JsonNode> told, EventType type, JsonNode schema, JsonNode shared) {
        var whole = JSON.createObjectNode().set("$defs", shared).setAll((ObjectNode) schema);
        var before = told.put(type, whole);
        if (before != null && !before.equals(whole)) {
            throw new IllegalArgumentException("type: " + type + " is told in two ways (expected: one)");
        }
    }

    private static Catalog catalog(Path file) {
        try {
            var listing = listing(JSON.readTree(file));
            return Catalog.of(
                    listing.types().stream()
                            .map(type -> entry(listing.function(), type))
                            .toList(),
                    listing.significant().stream()
                            .map(fact -> significant(listing.function(), fact))
                            .toList());
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /// With what may be left out.
    private static Listing listing(JsonNode file) {
        if (file instanceof ObjectNode object) {
            object.putIfAbsent("significant", JSON.createArrayNode());
            object.putIfAbsent("$defs", JSON.createObjectNode());
        }
        for (var type : file.path("types")) {
            if (type instanceof ObjectNode object) {
                object.putIfAbsent("done", JSON.createObjectNode());
                object.putIfAbsent("answer", JSON.nullNode());
            }
        }
        return JSON.treeToValue(file, Listing.class);
    }

    private static Catalog.SignificantFact significant(String function, ListedFact listed) {
        var fact = new Catalog.SignificantFact(
                typeOf(function, listed.type()), listed.schema().toString());
        DataSchema.of(fact);
        return fact;
    }

    private static EventType typeOf(String function, String name) {
        var type = new EventType(name);
        if (!type.function().equals(function)) {
            throw new IllegalArgumentException("type: " + type + " (expected: one of " + function + ")");
        }
        return type;
    }

    private static Catalog.Entry entry(String function, ListedType listed) {
        var entry = new Catalog.Entry(
                typeOf(function, listed.type()),
                lane(listed.lane()),
                key(listed.key()),
                listed.schema().toString(),
                listed.maxDataBytes(),
                listed.perSecond());
        DataSchema.of(entry);
        return entry;
    }

    private static Lane lane(String name) {
        return Arrays.stream(Lane.values())
                .filter(lane -> lane.wireName().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("lane: " + name + " (expected: command, query or cast)"));
    }

    private static Catalog.KeyRule key(String rule) {
        return rule.equals("player") ? new Catalog.KeyRule.Player() : new Catalog.KeyRule.Pointer(rule);
    }

    private record Listing(
            String function,
            List<ListedType> types,
            List<ListedFact> significant,
            @JsonProperty("$defs") ObjectNode shared) {}

    private record ListedType(
            String type,
            String lane,
            String key,
            int maxDataBytes,
            int perSecond,
            JsonNode schema,
            ObjectNode done,
            JsonNode answer) {}

    private record ListedFact(String type, JsonNode schema) {}
}
