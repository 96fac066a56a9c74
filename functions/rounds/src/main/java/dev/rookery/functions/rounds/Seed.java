package dev.rookery.functions.rounds;

import dev.rookery.functions.games.fair.ClientSeed;
import dev.rookery.functions.games.fair.RoundSeed;
import dev.rookery.functions.games.fair.ServerSeed;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a player's draws come from. It only goes forward: committed to, used, shown.
///
/// @param number    1, 2, 3 … of the player
/// @param client    what the player added; null as long as it is only committed to
/// @param nextNonce of the next round that is drawn from it: 0, 1, 2 … without a gap
record Seed(long number, ServerSeed server, @Nullable ClientSeed client, long nextNonce, State state) {

    enum State {
        COMMITTED,
        USED,
        SHOWN
    }

    static Seed committed(long number, ServerSeed server) {
        return new Seed(number, server, null, 0, State.COMMITTED);
    }

    Seed used(ClientSeed added) {
        check(State.COMMITTED);
        return new Seed(number, server, added, 0, State.USED);
    }

    Seed shown() {
        check(State.USED);
        return new Seed(number, server, client, nextNonce, State.SHOWN);
    }

    /// One more round was drawn from it.
    Seed drawn() {
        check(State.USED);
        return new Seed(number, server, client, nextNonce + 1, State.USED);
    }

    RoundSeed of(long nonce, String round) {
        return new RoundSeed(server, Objects.requireNonNull(client), nonce, round);
    }

    private void check(State expected) {
        if (state != expected) {
            throw new IllegalStateException("seed: " + number + " is " + state + " (expected: " + expected + ")");
        }
    }
}
