/// What a function runs in. Knative posts a CloudEvent to [DeliveryEndpoint]; [Deliveries] finds the function,
/// has it run and tells its outcome, and only then is the delivery acknowledged. Start with [Deliveries]; a
/// function application imports [DeliveryConfiguration].
@NullMarked
package dev.rookery.eventing.delivery;

import org.jspecify.annotations.NullMarked;
