package dev.rookery.knative.load.protocol;

/// A place in a player's stream: every event up to and including `seq` has been seen.
///
/// @param epoch names one unbroken numbering
/// @param seq   0 before the first event
public record Position(String epoch, long seq) {

    public Position {
        if (epoch.isEmpty()) {
            throw new IllegalArgumentException("epoch: empty (expected: a name)");
        }
        if (seq < 0) {
            throw new IllegalArgumentException("seq: " + seq + " (expected: >= 0)");
        }
    }

    @Override
    public String toString() {
        return epoch + "/" + seq;
    }
}
