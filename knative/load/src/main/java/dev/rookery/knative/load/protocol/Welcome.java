package dev.rookery.knative.load.protocol;

import java.time.Duration;

/// The server's first frame.
///
/// @param position  from here on events follow, when nothing was resumed
/// @param resumed   whether the stream goes on from the position that the hello asked for
/// @param heartbeat the server lets itself be heard at least this often
/// @param pending   commands that may be undecided at a time
public record Welcome(
        String player, String session, Position position, boolean resumed, Duration heartbeat, int pending)
        implements ServerFrame {

    public Welcome {
        if (!heartbeat.isPositive()) {
            throw new IllegalArgumentException("heartbeatMillis: " + heartbeat.toMillis() + " (expected: > 0)");
        }
        if (pending < 1) {
            throw new IllegalArgumentException("pending: " + pending + " (expected: >= 1)");
        }
    }
}
