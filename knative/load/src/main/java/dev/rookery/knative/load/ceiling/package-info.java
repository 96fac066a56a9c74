/// What the servers below the platform can do at best on this machine, measured directly: nothing that writes
/// through them can be faster. Each leaves its server as it was. Start with [Ceilings].
@NullMarked
package dev.rookery.knative.load.ceiling;

import org.jspecify.annotations.NullMarked;
