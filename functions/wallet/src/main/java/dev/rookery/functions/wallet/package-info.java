/// Money of players: deposit, withdraw, balance, statement. Start with [MoveFunction], which is what a function
/// of Rookery looks like; the rules are on [Account], the SQL is in [Accounts] and [Transfers].
@NullMarked
package dev.rookery.functions.wallet;

import org.jspecify.annotations.NullMarked;
