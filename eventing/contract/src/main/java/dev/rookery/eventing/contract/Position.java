package dev.rookery.eventing.contract;

/// A place in a player's stream: every event up to and including `seq` has been seen.
///
/// @param epoch names one unbroken numbering; another epoch means that continuity cannot be proved
/// @param seq   0 before the first event
public record Position(String epoch, long seq) {

    public Position {
        Ids.check("epoch", epoch);
        if (seq < 0) {
            throw new IllegalArgumentException("seq: " + seq + " (expected: >= 0)");
        }
    }

    /// Reads what [#toString()] wrote.
    ///
    /// @throws IllegalArgumentException when it is something else
    public static Position parse(String text) {
        int slash = text.indexOf('/');
        try {
            return new Position(text.substring(0, Math.max(slash, 0)), Long.parseLong(text.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("position: " + text + " (expected: epoch/seq)", e);
        }
    }

    @Override
    public String toString() {
        return epoch + "/" + seq;
    }
}
