package dev.rookery.gateway.rooms;

/// Names one session's membership, and the gateway that keeps it.
///
/// @param gateway the pod to which the session is connected
/// @param session unique for ever
record MemberId(String gateway, String session) {

    /// Reads what [#toString()] wrote.
    ///
    /// @throws IllegalArgumentException when it is something else
    static MemberId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            throw new IllegalArgumentException("member: " + text + " (expected: gateway/session)");
        }
        return new MemberId(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return gateway + "/" + session;
    }
}
