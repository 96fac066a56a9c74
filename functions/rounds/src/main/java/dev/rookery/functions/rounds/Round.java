package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.functions.games.Game;
import dev.rookery.functions.games.Move;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A bet and what became of it.
///
/// @param game      with the terms that were bet on
/// @param stake     in minor units
/// @param maxPayout that the house has promised, in minor units
/// @param seed      number of the player's seed that it is drawn from
/// @param moves     so far
/// @param deadline  from when on it is ended for the player
/// @param end       null while it is open
record Round(
        String id,
        PlayerId player,
        String currency,
        Game game,
        long stake,
        long maxPayout,
        long seed,
        long nonce,
        List<Move> moves,
        Instant opened,
        Instant deadline,
        @Nullable End end) {

    Round {
        moves = List.copyOf(moves);
    }

    /// @param payout in minor units; null when the stake was given back
    /// @param by     who ended it
    record End(@Nullable Long payout, Instant at, By by) {}

    /// Who ended a round.
    enum By {
        PLAYER,
        DEADLINE
    }

    Round moved(Move move) {
        var more = new ArrayList<>(moves);
        more.add(move);
        return new Round(id, player, currency, game, stake, maxPayout, seed, nonce, more, opened, deadline, end);
    }

    Round ended(End how) {
        if (end != null) {
            throw new IllegalStateException("round: " + id + " has ended (expected: open)");
        }
        return new Round(id, player, currency, game, stake, maxPayout, seed, nonce, moves, opened, deadline, how);
    }

    boolean isOpen() {
        return end == null;
    }

    /// The stake's hold on the player's account.
    String stakeHold() {
        return "stake-" + id;
    }

    /// The hold on the house's account for what it may have to pay beyond the stake.
    String payoutHold() {
        return "payout-" + id;
    }
}
