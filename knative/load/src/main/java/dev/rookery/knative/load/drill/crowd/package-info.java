/// Who plays in a drill: [Gambler]s do what the [Script] says, each a player like any other; a [Cashier] pays in
/// past the gateway; [Copies] puts commands on their topics again. Start with [Crowd].
@NullMarked
package dev.rookery.knative.load.drill.crowd;

import org.jspecify.annotations.NullMarked;
