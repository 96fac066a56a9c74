package dev.rookery.knative.load.player;

import dev.rookery.knative.load.protocol.Closing;
import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.load.protocol.Welcome;
import java.time.Duration;

/// Told what happens to a player, on the client's one thread: it must not block.
public interface PlayerListener {

    /// A frame was sent. The token in a hello is not shown.
    default void sent(String frame) {}

    /// A frame came, whatever it is.
    default void received(String frame) {}

    default void welcomed(Welcome welcome) {}

    /// An event, answer or push; each once and in order, repeats too.
    default void event(Event event) {}

    /// The connection is gone, or could not be made.
    ///
    /// @param again when the next is tried
    default void parted(Closing how, Duration again) {}

    /// There will be no other connection.
    default void stopped(Closing how) {}

    /// The server broke a promise.
    default void violated(Violation violation) {}
}
