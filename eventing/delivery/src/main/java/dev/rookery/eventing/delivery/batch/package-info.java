/// Commands that commit together: what many wait for, a transaction's round trips and its place on hot rows, is paid
/// once for all of them. A function that does not need it does without. Start with [Batches], then [Rule] and
/// [Workspace], which a function implements.
@NullMarked
package dev.rookery.eventing.delivery.batch;

import org.jspecify.annotations.NullMarked;
