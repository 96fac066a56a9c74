/// What runs as a process of its own, and what is done when it ends by itself, or when it is asked for: it is
/// started again. Start with [Supervised]; [App] is the gateway or a function, [Server] one of the backing
/// services.
@NullMarked
package dev.rookery.knative.local.process;

import org.jspecify.annotations.NullMarked;
