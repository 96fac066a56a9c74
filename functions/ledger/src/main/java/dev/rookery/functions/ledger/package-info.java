/// Money: accounts, transfers, holds. Start with [Book], which is what a rule works on; [Ledger] brings it out of the
/// database and back. What players allow themselves is in `protection`, what auditors check in `chain`.
@NullMarked
package dev.rookery.functions.ledger;

import org.jspecify.annotations.NullMarked;
