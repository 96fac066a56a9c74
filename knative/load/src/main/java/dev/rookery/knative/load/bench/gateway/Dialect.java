package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.protocol.BadFrameException;
import dev.rookery.knative.load.protocol.FrameScan;
import dev.rookery.knative.load.protocol.Position;
import dev.rookery.knative.load.socket.Upgrade;
import org.jspecify.annotations.Nullable;

/// How one kind of server is spoken to. All are told the same in the same small JSON; what is around it differs.
interface Dialect {

    Upgrade upgrade();

    /// The first message; empty when a client is ready as soon as it is connected.
    ///
    /// @param from where the guest was, as [#read] found it; null when it was nowhere
    String hello(int guest, @Nullable Position from);

    String ping(long at);

    String join(int guest, String room);

    /// @param at      in nanoseconds of [System#nanoTime]
    /// @param number  of the cast
    /// @param padding that makes it longer
    String cast(String room, long at, long number, String padding);

    /// Reads a message into the scan.
    ///
    /// @return what it is
    Heard read(FrameScan scan, byte[] bytes, int from, int to) throws BadFrameException;

    /// What a message is.
    enum Heard {
        /// The hello was taken.
        READY,
        JOINED,
        PONG,
        CAST,
        /// The server asks whether the client lives, in a message: it is answered with [#alive].
        HEARTBEAT,
        ERROR,
        OTHER
    }

    /// The answer to a [Heard#HEARTBEAT].
    default String alive() {
        return "";
    }
}
