/// What operators see in a browser, at `/ops` of the launcher's management port: how everything stands, dead letters
/// with replay, and the trip of a command. Start with [Operators]; [OpsState] is what the page is drawn from, and
/// [Trips] finds a command wherever it has left a trace.
///
/// Nothing here runs while nobody looks.
@NullMarked
package dev.rookery.knative.local.ops;

import org.jspecify.annotations.NullMarked;
