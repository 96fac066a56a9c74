/// What became of every command, kept in the function's own schema and written in the transaction of its effects.
/// Start with [Inbox], which is all that a function calls; the runtime uses the rest.
@NullMarked
package dev.rookery.eventing.delivery.inbox;

import org.jspecify.annotations.NullMarked;
