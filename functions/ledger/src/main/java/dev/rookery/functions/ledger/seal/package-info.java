/// What the ledger held at a moment, signed, and published where whoever changes the database does not reach:
/// start with [Seal]. [SealWriter] makes the next one; knows nothing of how money moves.
@NullMarked
package dev.rookery.functions.ledger.seal;

import org.jspecify.annotations.NullMarked;
