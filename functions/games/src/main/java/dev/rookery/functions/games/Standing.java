package dev.rookery.functions.games;

import dev.rookery.eventing.contract.Refusal;

/// Where a round stands after the moves so far.
public sealed interface Standing {

    /// It waits for the player.
    ///
    /// @param stake   in minor units
    /// @param cashOut what was won so far, in minor units: what the player would be paid for leaving now, and 0 as
    /// long as there is nothing to leave with. It never goes down but by the end of the round
    /// @param view    what the player may see
    record Open(long stake, long cashOut, View view) implements Standing {

        /// What is paid when the player does not come back in time, or the round cannot go on: the stake or the
        /// winnings so far, whichever is better for the player (AGCO 4.21).
        public long onDeadline() {
            return Math.max(stake, cashOut);
        }
    }

    /// It has ended.
    ///
    /// @param payout in minor units, the stake included; 0 when it is lost
    /// @param view   everything that was drawn
    record Over(long payout, View view) implements Standing {}

    /// The bet or a move is none: `illegal-terms`, `illegal-stake`, `payout-limit`, `illegal-move`, `round-over`.
    record Refused(Refusal why) implements Standing {}
}
