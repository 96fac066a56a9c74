package dev.rookery.gateway.admission;

import java.time.Duration;

/// Whether somebody may.
public sealed interface Verdict {

    record Admitted() implements Verdict {}

    /// @param retryAfter whole seconds, at random, so that those who were refused together do not come back together
    record Refused(Reason reason, Duration retryAfter) implements Verdict {}

    /// Why not.
    enum Reason {
        /// As many are connected to this pod as may be.
        POD_FULL,
        /// As many are connected from this address as may be.
        ADDRESS_FULL,
        /// This address tries too often.
        RATE
    }
}
