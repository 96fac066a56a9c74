package dev.rookery.knative.load.platform;

/// There is nothing to drive.
public final class NoPlatformException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoPlatformException(int port) {
        super("port " + port + ": no platform runs here (expected: one; ./rookery up --port " + port + " starts it)");
    }
}
