package dev.rookery.eventing.contract;

/// How a request ended, as the player is told.
public enum Ending {
    DONE,
    /// An expected no: the player's to act on.
    REFUSED,
    /// A defect of ours: it was tried, had no effect, and is not tried again by itself.
    FAILED;

    /// The value of `outcome` in the player protocol.
    public String wireName() {
        return switch (this) {
            case DONE -> "done";
            case REFUSED -> "refused";
            case FAILED -> "failed";
        };
    }
}
