/// What players allow themselves: limits, time-outs and exclusion, reality checks. All of it is pure; the clock is
/// handed in. Start with [Player], which says whether a deposit or a bet may be made.
@NullMarked
package dev.rookery.functions.ledger.protection;

import org.jspecify.annotations.NullMarked;
