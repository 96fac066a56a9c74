/// Reads the whole ledger and tells what is not as it has to be. Start with [Audit]; [Invariants] says what has
/// to be so, [ChainCheck] and [SealCheck] how tampering is found. Reads alone, over JDBC, so that a program can
/// use it which is no function.
@NullMarked
package dev.rookery.functions.ledger.audit;

import org.jspecify.annotations.NullMarked;
