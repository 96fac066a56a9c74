/// What Knative Serving does for a function, on one machine: as many instances as its load needs, none when there
/// is nothing to do, the first one again when an event comes, and a new revision beside the old one until traffic
/// has moved. Start with [ScaledService]; [Autoscaler] holds the rules, which are those of Knative's pod
/// autoscaler.
@NullMarked
package dev.rookery.knative.local.scale;

import org.jspecify.annotations.NullMarked;
