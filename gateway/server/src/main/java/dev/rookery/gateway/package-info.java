/// The gateway: holds the players' WebSockets, turns what they send into CloudEvents on Kafka, and hands them
/// what functions publish in Redis. Knows no domain, only the catalog.
///
/// Commands and queries go `transport` -> `session` -> `ingress`, joins and casts `transport` -> `session` -> `rooms`;
/// what comes back goes `egress` -> `session` or `rooms` -> `connection`. [GatewayApplication] wires it;
/// [dev.rookery.gateway.session.Session] is the heart.
@NullMarked
package dev.rookery.gateway;

import org.jspecify.annotations.NullMarked;
