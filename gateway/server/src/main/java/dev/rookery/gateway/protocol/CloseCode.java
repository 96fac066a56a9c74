package dev.rookery.gateway.protocol;

/// Why a connection ends. The number tells the client what to do: 40xx reconnect and resume, 41xx reconnect
/// afresh, 42xx stop.
public enum CloseCode {
    DRAIN(4000),
    TOO_SLOW(4001),
    SILENT(4002),
    INTERNAL(4003),
    /// The stream cannot be followed without a gap: its epoch has ended.
    GAP(4004),
    /// The client sent more than it may, for too long.
    RATE(4005),
    TOKEN_EXPIRED(4101),
    BAD_TOKEN(4200),
    FORBIDDEN(4201),
    BAD_FRAMES(4202),
    HELLO_LATE(4203),
    TOO_LARGE(4204),
    /// A newer session of the player took its place.
    REPLACED(4205);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /// For metrics: what the client is to do.
    public String action() {
        return switch (code / 100) {
            case 40 -> "resume";
            case 41 -> "afresh";
            default -> "stop";
        };
    }
}
