/// Money of players: deposit, withdraw, limits, exclusion, statement. Start with [MoveRule], which is what a rule that
/// moves money looks like; the money itself is in the ledger.
@NullMarked
package dev.rookery.functions.wallet;

import org.jspecify.annotations.NullMarked;
