package dev.rookery.functions.games;

import java.util.List;

/// What a [RoundProof] is worth.
public sealed interface Verification {

    /// The house drew what it had committed to, and paid what the rules say.
    ///
    /// @param end over; or still open, if the round was ended for the player by its deadline. Whether the deadline
    /// had passed is nothing that a proof can tell
    record Genuine(Standing end) implements Verification {}

    /// @param misfits each as what the proof says, and what was expected
    record Forged(List<String> misfits) implements Verification {

        public Forged {
            misfits = List.copyOf(misfits);
        }
    }
}
