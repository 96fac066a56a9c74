package dev.rookery.functions.rounds;

import dev.rookery.functions.games.Game;
import dev.rookery.functions.games.Move;
import dev.rookery.functions.games.Standing;
import dev.rookery.functions.games.View;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A round as its player sees it.
///
/// @param terms      as they were bet on
/// @param stake      in minor units
/// @param state      `open`, `settled` or `void`
/// @param cashOut    what would be paid for leaving now, in minor units; 0 when there is nothing to leave with
/// @param payout     in minor units; null when it is open or void
/// @param view       of the game
/// @param deadline   from when on it is ended for the player; null when it is over
/// @param endedBy    `player` or `deadline`; null when it is open
/// @param nonce      of the round among those of the seed
/// @param commitment to the house's seed
/// @param available  what the player has left to bet with, in minor units; null when it is not told
record RoundView(
        String round,
        String game,
        Game terms,
        long stake,
        String currency,
        String state,
        List<Move> moves,
        long cashOut,
        @Nullable Long payout,
        View view,
        Instant opened,
        @Nullable Instant deadline,
        @Nullable String endedBy,
        long nonce,
        String commitment,
        @Nullable Long available) {

    static RoundView of(Round round, Standing standing, String commitment, @Nullable Long available) {
        var end = round.end();
        return new RoundView(
                round.id(),
                round.game().name(),
                round.game(),
                round.stake(),
                round.currency(),
                RoundRows.state(round),
                round.moves(),
                end == null && standing instanceof Standing.Open open ? open.cashOut() : 0,
                end == null ? null : end.payout(),
                view(standing),
                round.opened(),
                end == null ? round.deadline() : null,
                end == null ? null : RoundRows.name(end.by()),
                round.nonce(),
                commitment,
                available);
    }

    private static View view(Standing standing) {
        return switch (standing) {
            case Standing.Open open -> open.view();
            case Standing.Over over -> over.view();
            case Standing.Refused(var why) ->
                throw new IllegalStateException("a round that was played is refused: " + why.message());
        };
    }
}
