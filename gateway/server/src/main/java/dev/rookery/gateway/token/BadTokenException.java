package dev.rookery.gateway.token;

/// A token that proves nothing. The message is for logs and never has the token in it.
public final class BadTokenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadTokenException(String message) {
        super(message);
    }

    BadTokenException(String message, Throwable cause) {
        super(message, cause);
    }
}
