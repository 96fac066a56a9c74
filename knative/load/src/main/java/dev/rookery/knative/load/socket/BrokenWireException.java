package dev.rookery.knative.load.socket;

/// What came is no WebSocket of ours; the message says what was expected.
final class BrokenWireException extends Exception {

    private static final long serialVersionUID = 1;

    BrokenWireException(String message) {
        super(message);
    }
}
