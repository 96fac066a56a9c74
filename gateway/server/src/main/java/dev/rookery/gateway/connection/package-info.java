/// The way out to one client, and what it costs us when the client does not read. Knows no players and no rooms.
/// Start with [Connection].
@NullMarked
package dev.rookery.gateway.connection;

import org.jspecify.annotations.NullMarked;
