/// The player port: HTTP until the upgrade, then frames. Start with [GatewayServer].
@NullMarked
package dev.rookery.gateway.transport;

import org.jspecify.annotations.NullMarked;
