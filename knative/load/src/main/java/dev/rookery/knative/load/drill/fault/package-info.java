/// What goes wrong in a drill: a [Schedule] draws faults from a seed, a [Striker] does them to the platform,
/// [Lines] are the network between players and gateways, [Clocks] those of functions, and in a [Lull] nobody asks for
/// anything. Start with [Fault].
@NullMarked
package dev.rookery.knative.load.drill.fault;

import org.jspecify.annotations.NullMarked;
