package dev.rookery.knative.load.player;

/// There is no connection over which a raw frame could go.
public final class NotConnectedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotConnectedException() {
        super("not connected (expected: a connection that was welcomed and does not drain)");
    }
}
