/// Rounds of games: bet, decide, settle, prove. Start with [BetRule]; [Sitting] is what rules work on, [Dealer] turns
/// where a round stands into money. The games' rules are in the module `games`, the money is in the ledger.
@NullMarked
package dev.rookery.functions.rounds;

import org.jspecify.annotations.NullMarked;
