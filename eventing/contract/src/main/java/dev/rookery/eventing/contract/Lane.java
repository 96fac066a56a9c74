package dev.rookery.eventing.contract;

/// How a type travels. Lanes never wait for one another.
public enum Lane {
    /// Has effects: durable, exactly once, in order for each player and key.
    COMMAND,
    /// Reads only: no order, no replay.
    QUERY,
    /// From player to players, at most once: never stored, never in Kafka.
    CAST;

    /// The name in catalog files.
    public String wireName() {
        return switch (this) {
            case COMMAND -> "command";
            case QUERY -> "query";
            case CAST -> "cast";
        };
    }
}
