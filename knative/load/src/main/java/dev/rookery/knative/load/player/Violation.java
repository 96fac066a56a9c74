package dev.rookery.knative.load.player;

/// A promise of the protocol that the server did not keep.
///
/// @param what what came, and what was expected
public record Violation(Kind kind, String what) {

    public enum Kind {
        /// Events were left out.
        GAP,
        /// An event came that had been given already.
        DUPLICATE,
        /// An event came after a later one.
        REORDERED,
        /// The same command was answered with something else.
        ANSWER_CHANGED,
        /// The same command has two places in one epoch.
        ANSWERED_TWICE,
        /// A welcome does not fit what the hello asked, or the numbering went back.
        BAD_WELCOME,
        /// No frame, or one that may not come here.
        BAD_FRAME
    }

    @Override
    public String toString() {
        return kind + ": " + what;
    }
}
