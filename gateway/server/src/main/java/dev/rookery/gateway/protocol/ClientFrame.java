package dev.rookery.gateway.protocol;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.RoomId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a client sends.
public sealed interface ClientFrame {

    /// The first frame.
    ///
    /// @param resume what the client last saw; null on a first connect
    record Hello(String token, @Nullable Position resume) implements ClientFrame {}

    /// Wants an effect.
    record Command(String id, EventType type, JsonNode data) implements ClientFrame {}

    /// Wants to know something.
    record Query(String id, EventType type, JsonNode data) implements ClientFrame {}

    /// What belongs to the real-time lane.
    sealed interface OfRooms extends ClientFrame {}

    /// Wants to be a member of a room.
    ///
    /// @param since what the client last saw of the room's own stream; null when it saw nothing
    record Join(String id, RoomId room, @Nullable Position since) implements OfRooms {}

    record Leave(String id, RoomId room) implements OfRooms {}

    /// Goes to every other member of the room, at most once.
    record Cast(RoomId room, JsonNode data) implements OfRooms {}

    /// Measures the round trip.
    ///
    /// @param at the client's own, sent back as it came; null when there is none
    record Ping(@Nullable JsonNode at) implements ClientFrame {}

    /// Replaces the token before it ends.
    record Refresh(String token) implements ClientFrame {}

    /// The client will never ask for events up to here again.
    record Ack(long seq) implements ClientFrame {}
}
