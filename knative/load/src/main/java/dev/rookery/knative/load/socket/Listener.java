package dev.rookery.knative.load.socket;

/// What a connection tells whoever opened it. Everything is called on the connection's event loop.
public interface Listener {

    /// The server speaks WebSocket; from now on something may be sent.
    void opened(Wire wire);

    /// A text message.
    ///
    /// @param bytes holds it from `from` to before `to`, and only during the call
    void text(Wire wire, byte[] bytes, int from, int to);

    /// It is over, whether it was ever open or not; the last that is told.
    void closed(Ending ending);
}
