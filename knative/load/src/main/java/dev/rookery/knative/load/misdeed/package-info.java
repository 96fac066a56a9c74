/// A function that does what none should, for whoever wants to see what comes of it: [Misdeed] says what, [Misbehaving]
/// makes the platform's YAML of it. It comes into the process as an agent: the code that is shipped has no switches for
/// it.
@NullMarked
package dev.rookery.knative.load.misdeed;

import org.jspecify.annotations.NullMarked;
