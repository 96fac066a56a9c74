package dev.rookery.knative.load.player;

import dev.rookery.knative.load.protocol.Closing;

/// The player has no connection and will not get another: what was undecided stays so.
public final class PlayerStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int code;

    PlayerStoppedException(Closing how) {
        super("player stopped: " + how);
        this.code = how.code();
    }

    /// Of the connection's end.
    public int code() {
        return code;
    }
}
