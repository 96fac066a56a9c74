/// The CloudEvents binding: what a player asks as a CloudEvent ([RequestEvents]), what a function tells as one
/// ([FactEvents]), and either as a Kafka record in binary mode ([EventRecords]). Start with [RequestEvents].
@NullMarked
package dev.rookery.eventing.cloudevents;

import org.jspecify.annotations.NullMarked;
