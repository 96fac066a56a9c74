/// Takes guards out of a platform that runs, to see that a drill finds what comes of it. Start with [Guard].
@NullMarked
package dev.rookery.knative.load.drill.guard;

import org.jspecify.annotations.NullMarked;
