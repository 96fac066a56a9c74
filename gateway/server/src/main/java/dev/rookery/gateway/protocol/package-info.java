/// The player protocol, version 1, as values: what clients send ([ClientFrame]), what they are sent
/// ([ServerFrames]), and the codes of both. No sockets, no state. Start with [ClientFrame].
@NullMarked
package dev.rookery.gateway.protocol;

import org.jspecify.annotations.NullMarked;
