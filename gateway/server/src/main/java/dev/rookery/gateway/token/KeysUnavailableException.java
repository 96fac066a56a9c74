package dev.rookery.gateway.token;

/// The issuer's keys cannot be had now: nobody can tell whether a token is good.
public final class KeysUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    KeysUnavailableException(Throwable cause) {
        super("the issuer's keys cannot be had: " + cause.getMessage(), cause);
    }
}
