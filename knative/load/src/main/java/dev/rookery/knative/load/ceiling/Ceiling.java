package dev.rookery.knative.load.ceiling;

import dev.rookery.knative.load.measure.ClosedLoop;

/// How fast one thing can be done.
///
/// @param what   such as `PostgreSQL commit`
/// @param atOnce how many are done at a time
public record Ceiling(String what, int atOnce, ClosedLoop.Speed speed) {}
