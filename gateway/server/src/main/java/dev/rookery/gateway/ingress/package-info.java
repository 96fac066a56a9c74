/// From a frame to Kafka: is it in the catalog and does it fit ([Intake]), and is it durable ([Broker]). Knows no
/// sockets and no sessions. Start with [Intake].
@NullMarked
package dev.rookery.gateway.ingress;

import org.jspecify.annotations.NullMarked;
