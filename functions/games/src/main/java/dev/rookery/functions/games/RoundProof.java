package dev.rookery.functions.games;

import dev.rookery.functions.games.fair.ClientSeed;
import dev.rookery.functions.games.fair.RoundSeed;
import dev.rookery.functions.games.fair.ServerSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that it takes to check a finished round, by itself and anywhere: plain, as it comes from a file or a
/// message, and maybe forged.
///
/// @param serverSeed 64 hex digits, given up by the house
/// @param commitment what the house published before play, 64 hex digits
/// @param nonce      of the round among those of the server seed
/// @param round      its id
/// @param game       its name
/// @param terms      what was bet on
/// @param stake      in minor units
/// @param moves      all of them, the first one first
/// @param payout     what was paid, in minor units
/// @param <G>        the record of the game's terms, so that a reader of JSON can be told
public record RoundProof<G extends Game>(
        String serverSeed,
        String commitment,
        String clientSeed,
        long nonce,
        String round,
        String game,
        G terms,
        long stake,
        List<Move> moves,
        long payout) {

    public RoundProof {
        moves = List.copyOf(moves);
    }

    /// Commits, draws, plays and pays again, and compares.
    public Verification verify() {
        var misfits = new ArrayList<String>();
        compare("game", game, terms.name()).ifPresent(misfits::add);
        final RoundSeed seed;
        try {
            seed = new RoundSeed(ServerSeed.parse(serverSeed), new ClientSeed(clientSeed), nonce, round);
        } catch (IllegalArgumentException e) {
            misfits.add(String.valueOf(e.getMessage()));
            return new Verification.Forged(misfits);
        }
        compare("commitment", commitment, seed.server().commitment()).ifPresent(misfits::add);
        var end = terms.play(stake, moves, seed);
        misfit(end).ifPresent(misfits::add);
        return misfits.isEmpty() ? new Verification.Genuine(end) : new Verification.Forged(misfits);
    }

    private Optional<String> misfit(Standing end) {
        return switch (end) {
            case Standing.Over over -> compare("payout", payout, over.payout());
            case Standing.Open open -> compare("payout", payout, open.onDeadline());
            case Standing.Refused(var why) -> Optional.of(why.message());
        };
    }

    private static Optional<String> compare(String what, Object said, Object expected) {
        return said.equals(expected)
                ? Optional.empty()
                : Optional.of(what + ": " + said + " (expected: " + expected + ")");
    }
}
