package dev.rookery.gateway.rooms;

import dev.rookery.gateway.protocol.ErrorCode;

/// A player may not join, or not now. The message is for the client.
final class NotAdmittedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    NotAdmittedException(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }
}
