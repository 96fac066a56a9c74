/// The CloudEvents binding: what a player asks as a CloudEvent ([RequestEvents]), what a function tells as one
/// ([FactEvents]), either as a Kafka record in binary mode ([EventRecords]), and how Kafka is reached
/// ([KafkaAccess]). Start with [RequestEvents].
@NullMarked
package dev.rookery.eventing.cloudevents;

import org.jspecify.annotations.NullMarked;
