package dev.rookery.knative.load.player;

import dev.rookery.knative.load.protocol.ServerFrame;

/// What was asked had no effect, and never will have as it is.
public final class FrameRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String code;

    FrameRejectedException(ServerFrame.Rejected error) {
        super(error.code() + ": " + error.message());
        this.code = error.code();
    }

    /// One of the protocol's error codes.
    public String code() {
        return code;
    }
}
