package dev.rookery.eventing.catalog;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.rookery.eventing.contract.Catalog;
import dev.rookery.eventing.contract.EventType;
import java.util.Comparator;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The JSON Schema of one type's data. Safe for use by many threads.
public final class DataSchema {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema META_SCHEMA =
            REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

    private final Schema schema;

    private DataSchema(Schema schema) {
        this.schema = schema;
    }

    /// @throws IllegalArgumentException when the entry's schema is not a JSON Schema
    public static DataSchema of(Catalog.Entry entry) {
        return of(entry.type(), entry.schema());
    }

    /// @throws IllegalArgumentException when the fact's schema is not a JSON Schema
    public static DataSchema of(Catalog.SignificantFact fact) {
        return of(fact.type(), fact.schema());
    }

    static DataSchema of(EventType type, String schema) {
        var json = JSON.readTree(schema);
        complaint(META_SCHEMA, json).ifPresent(complaint -> {
            throw new IllegalArgumentException("schema of " + type + ": " + complaint);
        });
        return new DataSchema(REGISTRY.getSchema(json));
    }

    /// What does not fit; empty when all does.
    public Optional<Complaint> check(JsonNode data) {
        return complaint(schema, data);
    }

    private static Optional<Complaint> complaint(Schema schema, JsonNode data) {
        return schema.validate(data).stream()
                .map(error -> new Complaint(error.getInstanceLocation().toString(), error.getMessage()))
                .min(Comparator.comparing(Complaint::pointer).thenComparing(Complaint::message));
    }

    /// The first place, in the order of pointers, that does not fit.
    ///
    /// @param pointer JSON pointer into the data; empty for the whole
    /// @param message what the schema demands there
    public record Complaint(String pointer, String message) {

        @Override
        public String toString() {
            return (pointer.isEmpty() ? "/" : pointer) + ": " + message;
        }
    }
}
