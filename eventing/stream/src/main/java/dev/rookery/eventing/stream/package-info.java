/// Streams in Redis: every answer and push to a player, and every event of a room, has the next number in one
/// capped, replayable history, and is published to the gateways as it is appended. Start with [PlayerStreams], then
/// [RoomStreams].
///
/// Functions append, gateways open and follow. What is published is a [StreamMessage] or a [RoomMessage]. Who has
/// a script of their own on such keys calls it as a [Script].
@NullMarked
package dev.rookery.eventing.stream;

import org.jspecify.annotations.NullMarked;
