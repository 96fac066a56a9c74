/// A session in a terminal: what a person types becomes frames of the protocol, and every frame is shown. Start
/// with [Play].
@NullMarked
package dev.rookery.knative.load.play;

import org.jspecify.annotations.NullMarked;
