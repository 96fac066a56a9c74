/// The player port: HTTP until the upgrade, then frames. Start with [GatewayServer]; a connection goes [Entrance] ->
/// [RequestHandler] -> [Upgrade], then it is the session's.
@NullMarked
package dev.rookery.gateway.transport;

import org.jspecify.annotations.NullMarked;
