/// The player stream in Redis: every answer and push to a player has the next number in one capped, replayable
/// history, and is published to the gateways as it is appended. Start with [PlayerStreams].
///
/// Functions append, gateways open and follow. What is published is a [StreamMessage].
@NullMarked
package dev.rookery.eventing.stream;

import org.jspecify.annotations.NullMarked;
