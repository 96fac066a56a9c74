package dev.rookery.gateway.protocol;

/// How frames look on one connection: the subprotocol that it was upgraded to.
public sealed interface Dialect permits RookeryJson, CloudEventsJson {

    /// As clients offer it in `Sec-WebSocket-Protocol`.
    String subprotocol();

    /// @throws BadFrameException when it is no frame; the message says what was expected
    ClientFrame read(String text) throws BadFrameException;

    /// @param frame as [ServerFrames] made it
    String write(String frame);

    /// Whether frames go out as they were made, so that one encoding serves many connections.
    boolean isNative();
}
