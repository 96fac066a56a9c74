package dev.rookery.knative.load.player;

/// As much is undecided as a player keeps: what was asked was not taken.
public final class TooMuchUndecidedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooMuchUndecidedException(int limit) {
        super("undecided: " + limit + " (expected: fewer)");
    }
}
