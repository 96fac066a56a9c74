package dev.rookery.gateway.session;

import dev.rookery.gateway.protocol.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The command that a session was told to send again, while others that left the client before it was told may
/// still come in: were they taken, they would pass it. They are sent back too, until that command is there again
/// or its client has had the time that it was told to wait.
///
/// The time is a bound: a client that gives the command up goes on after it.
///
/// Confined to the player's home.
final class SentBack {

    private @Nullable Told first;

    /// Of several that were sent back, the first is the one that must come first again.
    void add(String id, ErrorCode code, Duration retryAfter, long nowNanos) {
        if (left(nowNanos) <= 0) {
            first = new Told(id, code, nowNanos + retryAfter.toNanos());
        }
    }

    /// @return what the client is told of this command; null when it may pass
    @Nullable
    Refusal refuse(String id, long nowNanos) {
        long left = left(nowNanos);
        if (first == null || left <= 0 || first.id().equals(id)) {
            first = null;
            return null;
        }
        return new Refusal(
                first.code(),
                "command " + first.id() + " has to be sent again first",
                Duration.ofNanos(left).plusMillis(1));
    }

    private long left(long nowNanos) {
        return first == null ? 0 : first.untilNanos() - nowNanos;
    }

    record Refusal(ErrorCode code, String message, Duration retryAfter) {}

    private record Told(String id, ErrorCode code, long untilNanos) {}
}
