package dev.rookery.gateway.protocol;

/// The player protocol's own frames.
public record RookeryJson() implements Dialect {

    @Override
    public String subprotocol() {
        return "rookery.v1.json";
    }

    @Override
    public ClientFrame read(String text) throws BadFrameException {
        return FrameReader.read(text);
    }

    @Override
    public String write(String frame) {
        return frame;
    }

    @Override
    public boolean isNative() {
        return true;
    }
}
