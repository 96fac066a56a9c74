package dev.rookery.gateway.protocol;

import org.jspecify.annotations.Nullable;

/// A client sent what is no frame. The message is for the client.
public final class BadFrameException extends Exception {

    private static final long serialVersionUID = 1;

    private final @Nullable String re;

    /// @param re the frame's id, as far as it can be told
    BadFrameException(@Nullable String re, String message) {
        super(message);
        this.re = re;
    }

    public @Nullable String re() {
        return re;
    }
}
