package dev.rookery.functions.ledger;

import java.time.Instant;

/// Money of an account that is promised: it stays where it is until the hold is posted, and cannot go elsewhere.
///
/// @param amount  in minor units
/// @param posted  what of it was moved in the end
/// @param expires from when on it may be given back by anybody
public record Hold(String id, AccountId account, long amount, long posted, State state, Instant made, Instant expires) {

    /// Never back to open.
    public enum State {
        OPEN,
        POSTED,
        VOIDED,
        EXPIRED
    }

    Hold ended(State how, long moved) {
        if (state != State.OPEN) {
            throw new IllegalStateException("hold: " + id + " is " + state + " (expected: open)");
        }
        return new Hold(id, account, amount, moved, how, made, expires);
    }
}
