package dev.rookery.gateway.protocol;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Position;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a client sends. Rooms and casts join here with their issue.
public sealed interface ClientFrame {

    /// The first frame.
    ///
    /// @param resume what the client last saw; null on a first connect
    record Hello(String token, @Nullable Position resume) implements ClientFrame {}

    /// Wants an effect.
    record Command(String id, EventType type, JsonNode data) implements ClientFrame {}

    /// Wants to know something.
    record Query(String id, EventType type, JsonNode data) implements ClientFrame {}

    /// Measures the round trip.
    ///
    /// @param at the client's own, sent back as it came; null when there is none
    record Ping(@Nullable JsonNode at) implements ClientFrame {}

    /// Replaces the token before it ends.
    record Refresh(String token) implements ClientFrame {}

    /// The client will never ask for events up to here again.
    record Ack(long seq) implements ClientFrame {}
}
