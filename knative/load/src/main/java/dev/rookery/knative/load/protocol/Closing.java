package dev.rookery.knative.load.protocol;

/// How a connection ended.
///
/// @param code   the server's close code, or one of ours below
/// @param reason the server's words, or what went wrong here
public record Closing(int code, String reason) {

    /// The client was told to by its owner.
    public static final int NORMAL = 1000;
    /// No goodbye was heard: the network, or the server, is gone.
    public static final int LOST = 1006;
    /// Something came that is too large to be held.
    public static final int TOO_LARGE = 1009;

    /// What a client does about it.
    public enum Action {
        /// Connects again and goes on from where it was.
        RESUME,
        /// The same, but with a token that it gets anew.
        AFRESH,
        STOP
    }

    /// The protocol gives a hundred codes to each; whatever it does not name is a lost connection.
    public Action action() {
        return switch (code / 100) {
            case 41 -> Action.AFRESH;
            case 42 -> Action.STOP;
            default -> Action.RESUME;
        };
    }

    @Override
    public String toString() {
        return reason.isEmpty() ? Integer.toString(code) : code + " " + reason;
    }
}
