package dev.rookery.functions.games.fair;

import java.util.regex.Pattern;

/// All that the draws of one round come from. As often as they are asked for, they are the same: a round that was
/// interrupted goes on with the draws that it began with.
///
/// @param nonce counts the rounds of a server seed, without a gap, so that nobody can leave out a draw; 0..2^53-1
/// @param round its id, 1 to 64 characters of `[A-Za-z0-9._-]`: ids of the player protocol, but no `:`, or one
/// round's second block could be another round's first
public record RoundSeed(ServerSeed server, ClientSeed client, long nonce, String round) {

    /// Clients that read JSON numbers as doubles know larger ones only roughly.
    private static final long MAX_NONCE = (1L << 53) - 1;

    private static final int MAX_LENGTH = 64;
    private static final Pattern ROUND = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_LENGTH + "}");

    public RoundSeed {
        if (nonce < 0 || nonce > MAX_NONCE) {
            throw new IllegalArgumentException("nonce: " + nonce + " (expected: 0.." + MAX_NONCE + ")");
        }
        if (!ROUND.matcher(round).matches()) {
            throw new IllegalArgumentException(
                    "round: " + shown(round) + " (expected: 1 to " + MAX_LENGTH + " characters of A-Z a-z 0-9 . _ -)");
        }
    }

    /// The round's draws, from the first one on.
    public Draws draws() {
        return new Draws(this);
    }

    /// What every block is computed of.
    String message() {
        return client + ":" + nonce + ":" + round;
    }

    /// An id comes from outside: what is shown of it is short.
    private static String shown(String id) {
        return id.length() <= MAX_LENGTH ? '"' + id + '"' : '"' + id.substring(0, MAX_LENGTH) + "\"…";
    }
}
