package dev.rookery.gateway.protocol;

/// Why a frame had no effect. Only after [#UNAVAILABLE] is that open: the same id is sent again to find out.
public enum ErrorCode {
    BAD_FRAME("bad-frame", false),
    UNKNOWN_TYPE("unknown-type", false),
    INVALID_DATA("invalid-data", false),
    TOO_LARGE("too-large", false),
    /// The id stands for another command.
    ID_REUSED("id-reused", false),
    /// More than may be sent in a time; later it may.
    RATE_LIMITED("rate-limited", true),
    /// The room needs a grant.
    FORBIDDEN("forbidden", false),
    NOT_IN_ROOM("not-in-room", false),
    /// As much waits as may wait, here or at the broker.
    BUSY("busy", true),
    /// The broker did not confirm in time.
    UNAVAILABLE("unavailable", true);

    private final String wireName;
    private final boolean retryable;

    ErrorCode(String wireName, boolean retryable) {
        this.wireName = wireName;
        this.retryable = retryable;
    }

    public String wireName() {
        return wireName;
    }

    public boolean isRetryable() {
        return retryable;
    }
}
