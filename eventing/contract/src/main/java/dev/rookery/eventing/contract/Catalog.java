package dev.rookery.eventing.contract;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Every type that players may send, by the functions that own them. The gateway knows nothing else of any
/// domain. Beside them stand the facts that a regulator asks to be told of.
///
/// @param entries     by type
/// @param significant by type
public record Catalog(Map<EventType, Entry> entries, Map<EventType, SignificantFact> significant) {

    public Catalog {
        entries = Map.copyOf(entries);
        significant = Map.copyOf(significant);
    }

    /// One without significant facts.
    ///
    /// @throws IllegalArgumentException when a type is listed twice
    public static Catalog of(Collection<Entry> entries) {
        return of(entries, List.of());
    }

    /// @throws IllegalArgumentException when a type is listed twice
    public static Catalog of(Collection<Entry> entries, Collection<SignificantFact> significant) {
        return new Catalog(byType(entries, Entry::type), byType(significant, SignificantFact::type));
    }

    private static <T> Map<EventType, T> byType(Collection<T> listed, Function<T, EventType> type) {
        var byType = new LinkedHashMap<EventType, T>();
        for (var each : listed) {
            if (byType.put(type.apply(each), each) != null) {
                throw new IllegalArgumentException("type: " + type.apply(each) + " is listed twice (expected: once)");
            }
        }
        return byType;
    }

    public Optional<Entry> find(EventType type) {
        return Optional.ofNullable(entries.get(type));
    }

    /// One type.
    ///
    /// @param type         what players send
    /// @param lane         how it travels
    /// @param key          where a request's key comes from
    /// @param schema       JSON Schema (2020-12) of the data, as JSON
    /// @param maxDataBytes size of the data's JSON at most, in UTF-8
    /// @param perSecond    how many of this type one player may send a second, on average
    public record Entry(EventType type, Lane lane, KeyRule key, String schema, int maxDataBytes, int perSecond) {

        public Entry {
            if (maxDataBytes < 2 || maxDataBytes > 1 << 20) {
                throw new IllegalArgumentException("maxDataBytes: " + maxDataBytes + " (expected: 2..1048576)");
            }
            if (perSecond < 1) {
                throw new IllegalArgumentException("perSecond: " + perSecond + " (expected: >= 1)");
            }
        }

        /// Where requests of this type go. Casts never go to Kafka.
        public String topic() {
            return switch (lane) {
                case COMMAND -> Topics.commands(type.function());
                case QUERY -> Topics.queries(type.function());
                case CAST ->
                    throw new IllegalStateException("type: " + type + " is a cast (expected: command or query)");
            };
        }
    }

    /// A fact that is told on [Topics#SIGNIFICANT] too.
    ///
    /// @param type   of the fact, such as `rounds.large-win`
    /// @param schema JSON Schema (2020-12) of its data, as JSON, for whoever reads the topic
    public record SignificantFact(EventType type, String schema) {}

    /// Where a request's key comes from.
    public sealed interface KeyRule {

        /// The player's id: all of the player's commands with this rule are in order.
        record Player() implements KeyRule {}

        /// A string in the data, by JSON pointer, such as `/match`; the schema has to require it.
        record Pointer(String pointer) implements KeyRule {

            public Pointer {
                if (!pointer.startsWith("/")) {
                    throw new IllegalArgumentException(
                            "key: " + pointer + " (expected: player or a JSON pointer such as /match)");
                }
            }
        }
    }
}
