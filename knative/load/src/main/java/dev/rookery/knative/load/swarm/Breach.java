package dev.rookery.knative.load.swarm;

/// A promise of the protocol that the server did not keep.
///
/// @param what what came, and what was expected
public record Breach(Kind kind, String what) {

    public enum Kind {
        /// Events were left out.
        GAP,
        /// An event came that had been given already.
        DUPLICATE,
        /// An event came after a later one.
        REORDERED,
        /// A cast came behind a later one of the same sender, or twice.
        CAST_REORDERED,
        /// A welcome or a joined does not fit what was asked.
        BAD_POSITION,
        /// No frame, or one that may not come here.
        BAD_FRAME
    }

    @Override
    public String toString() {
        return kind + ": " + what;
    }
}
