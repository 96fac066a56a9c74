/// Tells what was committed: the player through Redis, other functions through Kafka. Start with [Emission].
@NullMarked
package dev.rookery.eventing.delivery.emission;

import org.jspecify.annotations.NullMarked;
