/// The gateway: holds the players' WebSockets, turns what they send into CloudEvents on Kafka, and hands them
/// what functions publish in Redis. Knows no domain, only the catalog.
///
/// Frames go `transport` -> `session` -> `ingress`; what comes back goes `egress` -> `session`.
/// [GatewayApplication] wires it; [dev.rookery.gateway.session.Session] is the heart.
@NullMarked
package dev.rookery.gateway;

import org.jspecify.annotations.NullMarked;
