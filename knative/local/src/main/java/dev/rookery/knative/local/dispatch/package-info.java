/// What Knative's Kafka dispatcher does, for one machine: takes records from the topics of a KafkaSource, posts
/// each as a CloudEvent, again and again as the source's delivery says, and writes what cannot be delivered to
/// the dead-letter topic. At least once; no order within a partition; offsets are committed only as far as
/// everything before is done. And what its timer does: fires a PingSource by the clock.
///
/// Start with [SourceConsumer], then [RecordDelivery]; [PingTimer] for the timer.
@NullMarked
package dev.rookery.knative.local.dispatch;

import org.jspecify.annotations.NullMarked;
