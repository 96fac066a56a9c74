/// The audit's chain over transfers and outcomes. Start with [Link], which says what a link's hash covers;
/// [Covered] names the columns.
@NullMarked
package dev.rookery.functions.ledger.chain;

import org.jspecify.annotations.NullMarked;
