package dev.rookery.knative.load.protocol;

/// The server sent what is no frame of the protocol; the message says what was expected.
public final class BadFrameException extends Exception {

    private static final long serialVersionUID = 1;

    BadFrameException(String message) {
        super(message);
    }
}
