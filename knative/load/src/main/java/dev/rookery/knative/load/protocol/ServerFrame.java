package dev.rookery.knative.load.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a client gets.
public sealed interface ServerFrame
        permits Welcome,
                Event,
                Answer,
                ServerFrame.Accepted,
                ServerFrame.Rejected,
                ServerFrame.Drain,
                ServerFrame.Other {

    /// A command is durable.
    record Accepted(String id) implements ServerFrame {}

    /// A frame had no effect and never will have unless it is sent again; after [#UNAVAILABLE] even that is open.
    ///
    /// @param re         the frame's id; null when the server could not tell
    /// @param retryAfter null when the server names no time
    record Rejected(
            @Nullable String re,
            String code,
            String message,
            boolean retryable,
            @Nullable Duration retryAfter) implements ServerFrame {

        static final String UNAVAILABLE = "unavailable";

        /// Whether the same frame is to be sent again. Always when its effect is open, whatever else the error
        /// says: to give up then would be to forget a command that may have been booked.
        public boolean isToBeSentAgain() {
            return retryable || code.equals(UNAVAILABLE);
        }
    }

    /// The server is about to go: it takes no new commands, and the client is to connect again.
    record Drain(Duration reconnectIn) implements ServerFrame {}

    /// A frame of which nothing depends here: a pong, a room's.
    record Other(String op) implements ServerFrame {}
}
