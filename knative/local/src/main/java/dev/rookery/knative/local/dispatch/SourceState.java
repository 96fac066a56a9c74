package dev.rookery.knative.local.dispatch;

/// How a source stands.
///
/// @param inFlight     records that were taken and are not done
/// @param lag          records that wait in Kafka
/// @param delivered    since the start
/// @param retried      deliveries that were not the first of their record
/// @param deadLettered since the start
public record SourceState(String source, int inFlight, long lag, long delivered, long retried, long deadLettered) {}
