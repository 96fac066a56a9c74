package dev.rookery.knative.load.socket;

/// How a connection ended.
///
/// @param code              the server's close code, [#LOST], or [#REFUSED]
/// @param reason            the server's words, or what went wrong here
/// @param retryAfterSeconds what a refusal asked for; 0 when it asked for nothing
public record Ending(int code, String reason, int retryAfterSeconds) {

    /// We left, and that was all.
    public static final int GOODBYE = 1000;
    /// No goodbye was heard: the network, or the server, is gone, or never was there.
    public static final int LOST = 1006;
    /// What came is no WebSocket of ours.
    public static final int BROKEN = 1002;
    /// The server answered the upgrade with something else than 101.
    public static final int REFUSED = 1;

    static Ending lost(String reason) {
        return new Ending(LOST, reason, 0);
    }
}
