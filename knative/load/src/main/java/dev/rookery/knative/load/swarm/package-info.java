/// Players by the ten thousand in one process: a [Swarm] holds them, each a [Member] that plays on whatever happens
/// to its connection, and a [Tally] an event loop says what they saw. Start with [Member].
///
/// Beside [dev.rookery.knative.load.player.Player], which is what one client should be and reads every frame whole:
/// a member reads of a frame only what it counts and checks, has no thread and no timer while it is connected.
@NullMarked
package dev.rookery.knative.load.swarm;

import org.jspecify.annotations.NullMarked;
